"""Answering the checklist in tests."""

from uuid import UUID

from beian.actors import Actor
from orders.actions.calls import Call, note_call
from orders.actions.checklist import Answer, answer_items
from orders.calls import callees_of
from orders.checklist.items import items_for
from orders.checklist.objected import waiting_items
from orders.enums import CallOutcome, Verdict
from orders.models import FilingOrder


def call_everybody(actor: Actor, order_id: UUID) -> None:
    """Everybody named in the submission is reached and confirms."""
    order = FilingOrder.objects.get(pk=order_id)
    for callee in callees_of(order, order.submissions.get(round=order.round).dossier):
        note_call(actor, order_id=order_id, call=Call(callee.path, CallOutcome.CONFIRMED))


def tick_everything(actor: Actor, order_id: UUID) -> None:
    """The reviewer who holds the case finds nothing wrong; what waits for a waiver stays open."""
    call_everybody(actor, order_id)
    order = FilingOrder.objects.get(pk=order_id)
    items = items_for(order)
    waiting = waiting_items(order.submission, items)
    answers = [Answer(item.key, Verdict.PASS) for item in items if item.key not in waiting]
    answer_items(actor, order_id=order_id, answers=answers)
