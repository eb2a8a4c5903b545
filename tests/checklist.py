"""Answering the checklist in tests."""

from uuid import UUID

from beian.actors import Actor
from orders.actions.checklist import Answer, answer_items
from orders.checklist.items import items_for
from orders.enums import Verdict
from orders.models import FilingOrder


def tick_everything(actor: Actor, order_id: UUID) -> None:
    """The reviewer who holds the case finds nothing wrong."""
    items = items_for(FilingOrder.objects.get(pk=order_id))
    answers = [Answer(item.key, Verdict.PASS) for item in items]
    answer_items(actor, order_id=order_id, answers=answers)
