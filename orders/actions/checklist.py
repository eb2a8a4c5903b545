"""Answering the checklist: by the reviewer who holds the case, for the round under review."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import guards, workflow
from orders.actions.comments import CommentText, add_comment
from orders.actions.review import extend_lease
from orders.calls import callees_of
from orders.checklist.items import Item, items_for
from orders.checklist.objected import waiting_items
from orders.enums import REVIEW_STATES, Verdict
from orders.models import ChecklistAnswer, FilingOrder
from orders.reasons import OTHER, reasons
from orders.workflow import Refused


@dataclass(frozen=True)
class Answer:
    """`machine` is the tone of the machine's evidence when the answer was given."""

    item: str
    verdict: str
    reason_code: str = ""
    note: str = ""
    machine: str = ""
    is_grouped: bool = False


def refusal_to_answer(order: FilingOrder, actor: Actor) -> str:
    """Why `actor` may not answer now; "" if he may."""
    if order.state not in REVIEW_STATES:
        return _("订单现在是“%(state)s”，不能填写核对清单。") % {"state": order.get_state_display()}
    return guards.claimed_by_actor(order, actor, {})


@transaction.atomic
def answer_items(
    actor: Actor, *, order_id: UUID, answers: Iterable[Answer], version: int | None = None
) -> FilingOrder:
    """Write answers. `version` is the page's: what was looked at is what is answered for.

    Raises workflow.Refused or workflow.Stale.
    """
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    refusal = refusal_to_answer(order, actor)
    if refusal:
        raise Refused("checklist", refusal)
    known = {item.key: item for item in items_for(order)}
    rows = [_row(order, actor, answer, known) for answer in answers]
    passed = [known[row.item] for row in rows if row.verdict == Verdict.PASS]
    _check_calls(order, passed)
    _check_objections(order, passed, known.values())
    ChecklistAnswer.objects.bulk_create(rows)
    extend_lease(actor, order_id=order.pk)
    return order


def _check_calls(order: FilingOrder, passed: list[Item]) -> None:
    """Calls count by the log, not by a tick."""
    if not any(item.by == "call" for item in passed):
        return
    dossier = order.submissions.get(round=order.round).dossier
    open_titles = [each.title for each in callees_of(order, dossier) if not each.is_confirmed]
    if open_titles:
        raise Refused(
            "calls",
            _("还没有接通并确认：%(people)s。请先记录通话。")
            % {"people": _("、").join(open_titles)},
        )


def _check_objections(order: FilingOrder, passed: list[Item], items: Iterable[Item]) -> None:
    """What a rule finds is let go by a waiver with its reason, not by a tick."""
    if not order.has_objection:
        return
    waiting = waiting_items(order.submission, items)
    for item in passed:
        if item.key in waiting:
            rules = _("、").join(dict.fromkeys(entry["rule"] for entry in waiting[item.key]))
            text = _("“%(item)s”现在不能通过：请先豁免规则 %(rules)s，或选择不通过。")
            raise Refused("objections", text % {"item": item.label, "rules": rules})


def _row(
    order: FilingOrder, actor: Actor, answer: Answer, known: Mapping[str, Item]
) -> ChecklistAnswer:
    if answer.item not in known or answer.verdict not in Verdict.values:
        raise Refused("item", _("核对清单里没有这一项。"))
    if answer.verdict == Verdict.FAIL and answer.reason_code not in {*reasons(), OTHER}:
        raise Refused("reason", _("请选择不通过的原因。"))
    if answer.verdict == Verdict.NOT_APPLICABLE and not answer.note.strip():
        raise Refused("note", _("请写明这一项为什么不适用。"))
    return ChecklistAnswer(
        order=order,
        round=order.round,
        author_id=actor.user_id,
        answered_at=clock.now(),
        **asdict(answer),
    )


@transaction.atomic
def fail_item(
    actor: Actor,
    *,
    order_id: UUID,
    answer: Answer,
    version: int | None = None,
    path: str = "",
    comment: CommentText | None = None,
) -> None:
    """Write a failure, and with it the comment for the applicant if there is one."""
    answer_items(actor, order_id=order_id, answers=[answer], version=version)
    if comment is not None:
        add_comment(actor, order_id=order_id, path=path, content=comment)
