"""Submitting: agreements, then the edge of the state table that fits."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders import workflow
from orders.agreements import give_agreements
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.rulebook.in_force import forget_published

SUBMITS = {
    OrderState.DRAFT: "submit",
    OrderState.NEEDS_SUPPLEMENT: "resubmit",
    OrderState.INITIAL_REJECTED: "submit_again",
    OrderState.RETURNED_BY_MIIT: "submit_again",
    OrderState.BUREAU_REJECTED: "submit_again",
}


def submit_name(order: FilingOrder) -> str | None:
    """The transition that submits from the order's state; None where nothing can be submitted."""
    return SUBMITS.get(OrderState(order.state))


@transaction.atomic
def submit_order(
    actor: Actor,
    order_id: UUID,
    *,
    version: int,
    agreed: Collection[str],
    source_address: str | None = None,
) -> FilingOrder:
    """Record what was agreed to and submit; raises workflow.Refused, and then nothing is kept."""
    order = workflow.locked(order_id)
    if not actor.files_for(order.account_id):
        raise workflow.Refused("actor", _("您没有提交备案的权限。"))
    name = submit_name(order)
    if name is None:
        reason = _("订单现在是“%(state)s”，已经提交过了。")
        raise workflow.Refused("state", reason % {"state": order.get_state_display()})
    # What was published until now counts, whatever this process has read seconds ago.
    forget_published()
    give_agreements(actor, order, keys=agreed, source_address=source_address)
    return workflow.apply_to(order, name, actor, version=version)
