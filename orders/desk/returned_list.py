"""Orders the ministry returned: why, since when, and whether they can go back unchanged."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.desk.due_badge import DueBadge, due_badge_of
from orders.desk.queue_lines import province_name
from orders.desk.review_queue import own_accounts
from orders.enums import OrderState
from orders.models import DraftRevision, FilingOrder

# What the list goes by: the longest returned first.
BY = "state_entered_at"


@dataclass(frozen=True)
class ReturnedLine:
    """`due` is when the order lapses; `was_saved` is a hint, the page of the act compares."""

    order: FilingOrder
    due: DueBadge
    province: str
    was_saved: bool
    reason: str


def returned_orders() -> QuerySet[FilingOrder]:
    """Without their sealed content, but for the words of whoever returned them."""
    saved = DraftRevision.objects.filter(
        order_id=OuterRef("pk"), created_at__gt=OuterRef("state_entered_at")
    )
    return (
        FilingOrder.objects.filter(state=OrderState.RETURNED_BY_MIIT)
        .defer("dossier_sealed")
        .annotate(was_saved=Exists(saved))
    )


def returned_lines(orders: Iterable[FilingOrder], actor: Actor) -> list[ReturnedLine]:
    own = own_accounts(actor.user_id)
    return [
        ReturnedLine(
            order=order,
            due=due_badge_of(order.due_at),
            province=province_name(order.province),
            was_saved=getattr(order, "was_saved", False),
            reason=_("本人账号的订单，请由其他同事处理。") if order.account_id in own else "",
        )
        for order in orders
    ]
