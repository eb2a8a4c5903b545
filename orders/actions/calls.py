"""Noting a phone call: by the reviewer who holds the case.

What the checklist says about calls follows this log: orders/checklist/standing.py.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.masking import mask_name
from beian.site_settings import setting
from orders import notices, workflow, working_days
from orders.actions.checklist import refusal_to_answer
from orders.actions.review import extend_lease
from orders.calls import REACHED, Callee, call_again_at, callees_of
from orders.enums import CallOutcome
from orders.models import CallNote, FilingOrder
from orders.own_findings import in_both
from orders.workflow import Refused

CALL_FAILED = "call_failed"
LAST_CALL_FAILED = "last_call_failed"


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
    callees = {callee.path: callee for callee in callees_of(order, dossier)}
    callee = callees.get(call.person)
    if callee is None or call.number_field not in callee.numbers or call.outcome not in CallOutcome:
        raise Refused("call", _("提交的资料里没有这个号码，请刷新页面后重试。"))
    row = CallNote.objects.create(
        order=order,
        round=order.round,
        person=call.person,
        number_field=call.number_field,
        number_masked=callee.numbers[call.number_field],
        outcome=call.outcome,
        note=call.note,
        author_id=actor.user_id,
        called_at=clock.now(),
    )
    if call.outcome not in REACHED:
        _tell(actor, order, row, callee)
    extend_lease(actor, order_id=order.pk)
    return row


def _tell(actor: Actor, order: FilingOrder, call: CallNote, callee: Callee) -> None:
    """Nobody answered: account and person are asked to be reachable, once for each call.

    After the last try nobody promises another one: it is the person's turn to call.
    """
    event = workflow.record_note(order, CALL_FAILED, actor)
    outcome = in_both(lambda: str(CallOutcome(call.outcome).label))
    times = callee.unanswered_count + 1
    again = call_again_at(call)
    note = in_both(lambda: working_days.provisional_note(again.date()))
    words = {
        "callee": mask_name(callee.person.full_name),
        "called_number": call.number_masked,
        "outcome": outcome["zh"],
        "outcome_en": outcome["en"],
        "again": f"{again:%Y-%m-%d %H:%M}",
        "again_note": note["zh"],
        "again_note_en": note["en"],
        "times": times,
        "person_mobile": callee.person.mobile,
    }
    is_last = times >= setting("review.call_tries")
    notices.queue(LAST_CALL_FAILED if is_last else CALL_FAILED, order, event, words)
