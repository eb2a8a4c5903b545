"""A hundred thousand orders whose codes ran out, against one statement that writes the same rows.

A code's end is its order's (process.md, T15): state, history, what the bureau is told, closed
challenges, deadlines of the days of silence, messages in the portal, by text and by mail. The
worker's own sweep does it, pass after pass; the opponent takes what is sealed from a ready row.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from beian.actions.deadlines import sweep_deadlines
from beian.models import Deadline, Notice
from orders.enums import OrderState
from orders.models import BureauRecord, FilingOrder, OrderEvent
from tests.bench.frame import Measure, at_most, bench, times_as_long
from tests.bench.many_codes import grow_orders_out_of_time, vacuum
from tests.bench.one_statement import write_everything
from tests.measuring import resident_kb

CODES = 100_000
# After so many passes pools and caches have what they need.
WARM_UP = 10
MOST_GROWN_KB = 10_000


@bench("expiry")
def expiry() -> Iterator[Measure]:
    if connection.vendor != "postgresql":
        return
    grow_orders_out_of_time(CODES)
    vacuum()
    model = _first_returned()
    with transaction.atomic():
        other, theirs = _timed(lambda: write_everything(model))
        transaction.set_rollback(True)
    vacuum()
    grown: list[int] = []
    ours, written = _timed(lambda: grown.append(_sweep_all()))
    assert written == theirs, (written, theirs)
    yield times_as_long("expiry-vs-one-statement", ours, other, "<=3")
    yield at_most("expiry-grown-kb", grown[0], MOST_GROWN_KB, "KB")


def _first_returned() -> FilingOrder:
    """What the statement copies: one order that the product itself has returned."""
    assert sweep_deadlines(1) == 1
    return FilingOrder.objects.get(state=OrderState.RETURNED_BY_MIIT)


def _sweep_all() -> int:
    """Until nothing is due; returns how many KB the process grew meanwhile."""
    for _pass in range(WARM_UP):
        sweep_deadlines()
    before = resident_kb()
    while sweep_deadlines():
        pass
    return max(resident_kb() - before, 0)


def _timed(run: Callable[[], object]) -> tuple[float, dict[str, int]]:
    """Seconds, and how many rows of each table there are afterwards."""
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    tables = (OrderEvent, BureauRecord, Deadline, Notice)
    rows = {model.__name__: model._default_manager.count() for model in tables}
    returned = FilingOrder.objects.filter(state=OrderState.RETURNED_BY_MIIT, version__gt=1)
    return seconds, {"returned": returned.count(), **rows}
