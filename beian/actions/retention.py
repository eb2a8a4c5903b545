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
Erase = Callable[[Keys], int]
BATCH = 500
ALONE = 1
log = structlog.get_logger(__name__)


def erase_past_term(action: str, rows: QuerySet, erase: Erase, *, batch: int = BATCH) -> int:
    """Call `erase` with the keys of `rows`, `batch` at a time; returns how many were erased.

    `erase` runs in a transaction and asks again whether each row's term is over. `action` names
    it in the audit trail: one entry for each batch, with the number of rows.
    """
    run = _Run(action, rows.model, erase)
    for keys in _batches(rows, batch):
        run.take(keys)
    if run.erased or run.failed:
        log.info("retention run", action=action, erased=run.erased, failed=run.failed)
    return run.erased


def _batches(rows: QuerySet, size: int) -> Iterator[Keys]:
    """By key and not by offset: rows leave the set while it is walked, broken ones stay in it."""
    pending = rows.order_by("pk").values_list("pk", flat=True)
    keys = list(pending[:size])
    while keys:
        yield keys
        keys = list(pending.filter(pk__gt=keys[-1])[:size])


class _Run:
    """What became of the batches of one run."""

    def __init__(self, action: str, model: Any, erase: Erase) -> None:
        self.action, self.model, self.erase = action, model, erase
        self.erased = self.failed = 0

    def take(self, keys: Keys) -> None:
        try:
            self.erased += self._erase(keys)
        except Exception:  # one broken row must not keep all others past their term
            if len(keys) > 1:
                for key in keys:
                    self.take([key])
                return
            self.failed += 1
            log.exception("erasure failed", action=self.action, key=str(keys[0]))

    @transaction.atomic
    def _erase(self, keys: Keys) -> int:
        count = self.erase(keys)
        if count:
            last = self.model(pk=keys[-1])
            rows = f"{count} rows" if count > 1 else ""
            record_audit(SYSTEM, self.action, obj=last, field=rows, purpose="retention")
        return count
