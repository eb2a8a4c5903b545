"""What an applicant does with an order as a whole: take it back, give it up, bring it back."""

from uuid import UUID

from beian.actors import Actor
from orders import workflow
from orders.models import FilingOrder


def withdraw_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """撤销备案: back to the draft; raises workflow.Refused, as all acts here do."""
    return workflow.apply(order_id, "withdraw", actor, version=version)


def abandon_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """放弃备案: to history for good; what the order held is released."""
    return workflow.apply(order_id, "abandon", actor, version=version)


def hide_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """从列表中删除: the row stays for the record."""
    return workflow.apply(order_id, "hide", actor, version=version)


def reopen_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """重新打开 an expired order."""
    return workflow.apply(order_id, "reopen", actor, version=version)


def resubmit_unchanged(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """原样重新提交: from the ministry's return straight to the hand-over.

    The desk may do it too.
    """
    return workflow.apply(order_id, "resubmit_unchanged", actor, version=version)
