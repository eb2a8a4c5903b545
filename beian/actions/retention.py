"""Ends of terms of keeping: rows past theirs are erased in batches, and each erasure is recorded.

A run may be cut off anywhere and started again: what is erased is not found a second time.
"""

from collections.abc import Callable, Iterator
from typing import Any

import structlog
from django.db import transaction
from django.db.models import QuerySet

from beian.actors import SYSTEM
from beian.audit import record_audit

Keys = list[Any]
Act = Callable[[Keys], int]
BATCH = 500
ALONE = 1
log = structlog.get_logger(__name__)


def erase_past_term(action: str, rows: QuerySet, erase: Act, *, batch: int = BATCH) -> int:
    """Call `erase` with the keys of `rows`, `batch` at a time; returns how many were erased.

    `erase` asks again whether each row's term is over. `action` names it in the audit trail: one
    entry for each batch, with the number of rows.
    """

    def erase_and_record(keys: Keys) -> int:
        count = erase(keys)
        if count:
            last = rows.model(pk=keys[-1])
            words = f"{count} rows" if count > 1 else ""
            record_audit(SYSTEM, action, obj=last, field=words, purpose="retention")
        return count

    return run_over(action, rows, erase_and_record, batch=batch)


def run_over(name: str, rows: QuerySet, act: Act, *, batch: int = ALONE) -> int:
    """Call `act` with the keys of `rows`, each batch in a transaction; the sum of its answers."""
    run = _Run(name, act)
    for keys in _batches(rows, batch):
        run.take(keys)
    if run.done or run.failed:
        log.info("retention run", run=name, done=run.done, failed=run.failed)
    return run.done


def _batches(rows: QuerySet, size: int) -> Iterator[Keys]:
    """By key and not by offset: rows leave the set while it is walked, broken ones stay in it."""
    pending = rows.order_by("pk").values_list("pk", flat=True)
    keys = list(pending[:BATCH])
    while keys:
        yield from (keys[start : start + size] for start in range(0, len(keys), size))
        keys = list(pending.filter(pk__gt=keys[-1])[:BATCH])


class _Run:
    """What became of the batches of one run."""

    def __init__(self, name: str, act: Act) -> None:
        self.name, self.act = name, act
        self.done = self.failed = 0

    def take(self, keys: Keys) -> None:
        try:
            with transaction.atomic():
                count = self.act(keys)
        except Exception:  # one broken row must not keep all others past their term
            if len(keys) > 1:
                for key in keys:
                    self.take([key])
                return
            self.failed += 1
            log.exception("retention failed", run=self.name, key=str(keys[0]))
        else:
            self.done += count
