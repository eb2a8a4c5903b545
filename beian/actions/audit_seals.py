"""Sealing what was added to append-only tables since the last seal (docs/decisions/0010)."""

from collections.abc import Iterable

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Model

from beian import clock
from beian.audit_chain import covered_columns, hash_of, marks_of, packed
from beian.models import AuditSeal
from beian.settled_rows import settled_id

log = structlog.get_logger(__name__)
# Rows under one seal: what is read again when one of them is doubted.
ROWS = 1000


def seal_rows(models: Iterable[type[Model]]) -> int:
    """Seal every row that is surely complete; returns how many.

    The newest hash goes into the log, so that it leaves the machine with it: seals removed from
    the end of the chain, or all made anew, do not fit it.
    """
    try:
        count = sum(_seal_table(model) for model in models)
    except IntegrityError:
        # Another process has used the number meanwhile and goes on with these rows.
        log.info("audit trail is being sealed elsewhere")
        return 0
    newest = AuditSeal.objects.order_by("-number").first() if count else None
    if newest is not None:
        log.info("audit trail sealed", seal=newest.number, seal_hash=newest.seal_hash, rows=count)
    return count


def _seal_table(model: type[Model]) -> int:
    last = settled_id(model)
    if last is None:
        return 0
    count = 0
    while sealed := _seal_next(model, last):
        count += sealed
    return count


@transaction.atomic
def _seal_next(model: type[Model], last: int) -> int:
    newest = AuditSeal.objects.order_by("-number").first()
    table = model._meta.db_table
    before = AuditSeal.objects.filter(table=table).order_by("-number").first()
    columns = covered_columns(model)
    after = before.last_id if before else None
    marks = list(marks_of(model, columns, after=after, last=last, limit=ROWS))
    if not marks:
        return 0
    seal = AuditSeal(
        number=newest.number + 1 if newest else 1,
        table=table,
        columns=columns,
        after_id=after,
        last_id=marks[-1][0],
        row_count=len(marks),
        marks=packed(marks),
        sealed_at=clock.now(),
        previous_hash=newest.seal_hash if newest else "",
    )
    seal.seal_hash = hash_of(seal)
    seal.save()
    return len(marks)
