"""Noting a phone call: by the reviewer who holds the case.

What the checklist says about calls follows this log: orders/checklist/standing.py.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import workflow
from orders.actions.checklist import refusal_to_answer
from orders.actions.review import extend_lease
from orders.calls import callees_of
from orders.enums import CallOutcome
from orders.models import CallNote
from orders.workflow import Refused


@dataclass(frozen=True)
class Call:
    """`person` is a path of the dossier, `number_field` which of the person's numbers rang."""

    person: str
    outcome: str
    number_field: str = "mobile"
    note: str = ""


@transaction.atomic
def note_call(actor: Actor, *, order_id: UUID, call: Call, version: int | None = None) -> CallNote:
    """Write one call; raises workflow.Refused or workflow.Stale."""
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    refusal = refusal_to_answer(order, actor)
    if refusal:
        raise Refused("calls", refusal)
    dossier = order.submissions.get(round=order.round).dossier
    numbers = {callee.path: callee.numbers for callee in callees_of(order, dossier)}
    if call.number_field not in numbers.get(call.person, {}) or call.outcome not in CallOutcome:
        raise Refused("call", _("提交的资料里没有这个号码，请刷新页面后重试。"))
    row = CallNote.objects.create(
        order=order,
        round=order.round,
        person=call.person,
        number_field=call.number_field,
        number_masked=numbers[call.person][call.number_field],
        outcome=call.outcome,
        note=call.note,
        author_id=actor.user_id,
        called_at=clock.now(),
    )
    extend_lease(actor, order_id=order.pk)
    return row
