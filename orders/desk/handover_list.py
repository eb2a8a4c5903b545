"""What the bureau submitter sees: orders to hand over, and records on their way."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from beian.actors import Actor
from beian.counting import CountedSet, counted_set
from beian.ui import Tone
from orders.actions.handover import WAITING, standing_refusal, waiting_refusal
from orders.desk.due_badge import DueBadge, due_badge_of
from orders.desk.queue_lines import province_name
from orders.desk.review_queue import own_accounts
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord, FilingOrder

# What the lists go by: the soonest due first, and the latest record first.
PENDING_BY, RECORDS_BY = "due_at", "-created_at"
TONES: dict[str, tuple[Tone, str]] = {
    HandoverState.QUEUED: ("info", ""),
    HandoverState.SENT: ("info", ""),
    HandoverState.ACCEPTED: ("success", ""),
    HandoverState.REFUSED: ("danger", ""),
    HandoverState.UNKNOWN: ("warning", ""),
    HandoverState.CANCELLED: ("neutral", "forbidden"),
}


@dataclass(frozen=True)
class PendingLine:
    """An order to hand over; `reason` says why this person cannot, `record` the last attempt."""

    order: FilingOrder
    due: DueBadge
    province: str
    reviewer: str
    reason: str
    record: BureauRecord | None

    @property
    def was_refused(self) -> bool:
        return self.record is not None and self.record.state == HandoverState.REFUSED


@dataclass(frozen=True)
class RecordLine:
    record: BureauRecord
    label: str
    tone: Tone
    icon: str


def pending_orders() -> QuerySet[FilingOrder]:
    """Orders that wait for the bureau, without their sealed content."""
    filings = (
        BureauRecord.objects.filter(record_type=RecordType.FIRST_FILING, closed_at=None)
        .defer("content_sealed")
        .order_by("-created_at")
    )
    return (
        FilingOrder.objects.filter(state=OrderState.PENDING_BUREAU_SUBMISSION)
        .exclude(due_at=None)
        .select_related("last_reviewer")
        .defer("dossier_sealed", "bureau_opinion")
        .prefetch_related(Prefetch("bureau_records", queryset=filings, to_attr="last_records"))
    )


def _last_record(order: FilingOrder) -> BureauRecord | None:
    rows: list[BureauRecord] = getattr(order, "last_records", [])
    return next((row for row in rows if row.state != HandoverState.CANCELLED), None)


def _line(order: FilingOrder, actor: Actor, own: frozenset[UUID]) -> PendingLine:
    record = _last_record(order)
    reason = standing_refusal(order, actor) or waiting_refusal(record.state if record else None)
    if not reason and order.account_id in own:
        reason = _("本人账号的订单，请由其他同事提交。")
    return PendingLine(
        order=order,
        due=due_badge_of(order.due_at),
        province=province_name(order.province),
        reviewer=order.last_reviewer.staff_name if order.last_reviewer else "—",
        reason=reason,
        record=record,
    )


def pending_lines(orders: Iterable[FilingOrder], actor: Actor) -> list[PendingLine]:
    """Orders with why this person may not hand them over; the check page asks everything."""
    own = own_accounts(actor.user_id)
    return [_line(order, actor, own) for order in orders]


def records() -> QuerySet[BureauRecord]:
    """Records of any kind; neither they nor their orders bring sealed content along."""
    rows = BureauRecord.objects.select_related("order", "handed_over_by")
    return rows.defer("content_sealed", "order__dossier_sealed", "order__bureau_opinion")


def record_lines(rows: Iterable[BureauRecord]) -> list[RecordLine]:
    """Records with where each of them is."""
    return [RecordLine(row, row.get_state_display(), *TONES[row.state]) for row in rows]


def waiting() -> QuerySet[FilingOrder]:
    """Orders that still have to be handed over."""
    rows = FilingOrder.objects.filter(state=OrderState.PENDING_BUREAU_SUBMISSION)
    on_their_way = BureauRecord.objects.filter(
        record_type=RecordType.FIRST_FILING, state__in=WAITING, closed_at=None
    )
    return rows.exclude(pk__in=on_their_way.values("order_id"))


@lru_cache(maxsize=1)
def counted() -> CountedSet | None:
    """The same to be counted, put together once."""
    return counted_set(waiting())
