"""Figures of orders: what waits where, what is late, how the line to the bureau does."""

from collections.abc import Iterator

from django.db.models import Count, Min

from beian.metrics import gauge
from beian.readiness import overdue_seconds
from orders.actions.bureau_file_retention import files_past_term
from orders.enums import OPEN_STATES, HandoverState
from orders.models import BureauLine, BureauRecord, FilingOrder
from orders.retention import CLOSED_ORDERS, PICTURE_TERMS

Rows = Iterator[tuple[tuple[str, ...], float]]
_MOVING = (HandoverState.QUEUED, HandoverState.SENT, HandoverState.UNKNOWN)


@gauge("orders_open", "Orders by state, finished ones left out.", "state")
def orders_open() -> Rows:
    rows = FilingOrder.objects.filter(state__in=OPEN_STATES).order_by().values_list("state")
    counts = dict(rows.annotate(Count("pk")))
    for state in sorted(OPEN_STATES):
        yield (state,), counts.get(state, 0)


@gauge("order_overdue_seconds", "How long the oldest order past its due time is late.", "state")
def order_overdue() -> Rows:
    rows = FilingOrder.objects.filter(state__in=OPEN_STATES, due_at__isnull=False)
    for state, due_at in sorted(rows.order_by().values_list("state").annotate(Min("due_at"))):
        yield (state,), overdue_seconds(due_at)


@gauge("bureau_records", "Records on their way to the bureau.", "state")
def bureau_records() -> Rows:
    rows = BureauRecord.objects.filter(state__in=_MOVING).order_by().values_list("state")
    counts = dict(rows.annotate(Count("pk")))
    for state in _MOVING:
        yield (str(state),), counts.get(state, 0)


@gauge("bureau_record_age_seconds", "Age of the oldest record without an answer.")
def bureau_record_age() -> Rows:
    oldest = BureauRecord.objects.filter(state__in=_MOVING).aggregate(at=Min("created_at"))["at"]
    yield (), overdue_seconds(oldest)


@gauge("bureau_line_sequence", "Number of the last file that the bureau took.", "line")
def bureau_line_sequence() -> Rows:
    for name, sequence in BureauLine.objects.values_list("name", "last_sequence"):
        yield (name,), sequence


@gauge("bureau_line_silence_seconds", "Since the bureau last took a file.", "line")
def bureau_line_silence() -> Rows:
    for name, synced_at in BureauLine.objects.values_list("name", "synced_at"):
        if synced_at is not None:
            yield (name,), overdue_seconds(synced_at)


@gauge("bureau_files_past_term", "Files to the bureau that should have been erased.")
def unerased_files() -> Rows:
    yield (), files_past_term().count()


@gauge("order_pictures_past_term", "Orders whose pictures should have been erased.")
def orders_with_old_pictures() -> Rows:
    yield (), sum(term.past().count() for term in PICTURE_TERMS)


@gauge("orders_past_term", "Orders whose personal data should have been erased.")
def unerased_orders() -> Rows:
    yield (), CLOSED_ORDERS.past().count()
