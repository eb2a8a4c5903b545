"""Rows of the queue as the page shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from beian import clock
from beian.data_language import data_language
from beian.ui import Tone
from orders.desk.due_badge import DueBadge, due_badge_of
from orders.enums import REVIEW_STATES, OrderState, OrderType
from orders.filings.state_display import TONES, label_of
from orders.models import FilingOrder
from orders.risk import labels_of
from rules.regions import province

# Being reviewed and coming back are told apart at a glance.
ICONS = {OrderState.RESUBMITTED: "refresh"}
CLAIMED_ICON = "pen"


@dataclass(frozen=True)
class Line:
    """One case of the queue; `holder` says who has it, `reason` why it cannot be taken."""

    order: FilingOrder
    due: DueBadge
    order_type: str
    province: str
    state: str
    tone: Tone
    icon: str
    holder: str
    is_mine: bool
    risks: list[str]
    reason: str = ""


def province_name(code: str) -> str:
    """The short name for tables: 浙江, Zhejiang."""
    known = province(code)
    return known.en if data_language() == "en" else known.zh


def _holder(order: FilingOrder, user_id: int | None) -> str:
    if order.state not in REVIEW_STATES:
        return "—"
    if not order.is_claimed or order.assigned_to is None or order.lease_until is None:
        return _("未领取")
    if order.is_claimed_by(user_id):
        until = order.lease_until.astimezone(clock.SHANGHAI)
        return _("我，至 %(time)s") % {"time": f"{until:%H:%M}"}
    return order.assigned_to.staff_name


def _line(order: FilingOrder, user_id: int | None, own: frozenset[UUID]) -> Line:
    in_review = order.state in REVIEW_STATES
    icon = CLAIMED_ICON if in_review and order.is_claimed else ICONS.get(OrderState(order.state))
    return Line(
        order=order,
        due=due_badge_of(order.due_at if order.is_open else None),
        order_type=str(OrderType(order.order_type).label),
        province=province_name(order.province),
        state=label_of(order),
        tone=TONES[order.state],
        icon=icon or "",
        holder=_holder(order, user_id),
        is_mine=order.is_claimed_by(user_id),
        risks=labels_of(order.risk_classes),
        reason=_("本人账号的订单，不能领取") if order.account_id in own else "",
    )


def lines_of(
    orders: Iterable[FilingOrder], user_id: int | None, own: frozenset[UUID]
) -> list[Line]:
    """Rows in the order given; asks the database nothing."""
    return [_line(order, user_id, own) for order in orders]
