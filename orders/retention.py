"""Orders nobody works on any more: whose applicant is to be warned, what is past its term."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from beian import clock
from beian.site_settings import setting
from orders.enums import ENDED_STATES, SENT_BACK_STATES, HandoverState, OrderState
from orders.models import BureauRecord, FilingOrder, OrderEvent
from verification.models import Document

_ON_THEIR_WAY = (HandoverState.QUEUED, HandoverState.SENT, HandoverState.UNKNOWN)


@dataclass(frozen=True)
class Term:
    """What is erased `days` (a setting) after the last of `moments` of orders in `states`.

    Nothing is, unless the applicant was warned before: `warning` is the event that says so,
    `notice` the message. An order that moved or was touched since begins anew.
    """

    states: frozenset[OrderState]
    days: str
    moments: tuple[str, ...]
    warning: str
    notice: str

    def to_warn(self) -> QuerySet[FilingOrder]:
        lead = max(self._days - _warning_days(), timedelta())
        return self._left_alone(clock.now() - lead).exclude(self._was_warned(clock.now()))

    def past(self) -> QuerySet[FilingOrder]:
        rows = self._left_alone(clock.now() - self._days)
        return rows.filter(self._was_warned(clock.now() - _warning_days()))

    def erased_from(self, order: FilingOrder) -> datetime:
        """The earliest moment of the erasure for somebody who is warned now."""
        since = max(getattr(order, moment) for moment in self.moments)
        return max(since + self._days, clock.now() + _warning_days())

    @property
    def _days(self) -> timedelta:
        return timedelta(days=setting(self.days))

    def _left_alone(self, limit: datetime) -> QuerySet[FilingOrder]:
        ages = {f"{moment}__lte": limit for moment in self.moments}
        return FilingOrder.objects.filter(state__in=self.states, erased_at=None, **ages)

    def _was_warned(self, limit: datetime) -> Exists:
        since = [Q(at__gt=OuterRef(moment)) for moment in self.moments]
        rows = OrderEvent.objects.filter(order=OuterRef("pk"), name=self.warning, at__lte=limit)
        return Exists(rows.filter(*since))


@dataclass(frozen=True)
class PictureTerm(Term):
    """Of orders that have pictures."""

    def _left_alone(self, limit: datetime) -> QuerySet[FilingOrder]:
        pictures = Document.objects.filter(owner=OuterRef("pk"), erased_at=None)
        return super()._left_alone(limit).filter(Exists(pictures))


@dataclass(frozen=True)
class OrderTerm(Term):
    """Of orders whose last record has reached the bureau: what is on its way has to be opened."""

    def _left_alone(self, limit: datetime) -> QuerySet[FilingOrder]:
        on_their_way = BureauRecord.objects.filter(order=OuterRef("pk"), state__in=_ON_THEIR_WAY)
        return super()._left_alone(limit).exclude(Exists(on_their_way))


def _warning_days() -> timedelta:
    return timedelta(days=setting("retention.warning_days"))


CLOSED_PICTURES = PictureTerm(
    ENDED_STATES,
    "retention.closed_order_picture_days",
    ("state_entered_at",),
    "warned_of_picture_erasure",
    "pictures_of_closed_order_go",
)
# The applicant may still be at work: what was saved lately keeps the pictures.
SENT_BACK_PICTURES = PictureTerm(
    SENT_BACK_STATES,
    "retention.rejected_order_picture_days",
    ("state_entered_at", "updated_at"),
    "warned_of_picture_erasure",
    "pictures_of_rejected_order_go",
)
PICTURE_TERMS = (CLOSED_PICTURES, SENT_BACK_PICTURES)
CLOSED_ORDERS = OrderTerm(
    ENDED_STATES,
    "retention.closed_order_days",
    ("state_entered_at",),
    "warned_of_erasure",
    "closed_order_goes",
)
TERMS = (*PICTURE_TERMS, CLOSED_ORDERS)
# The event that tells of the erasure.
ERASED = "personal_data_erased"
