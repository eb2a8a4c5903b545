"""Objecting to a rule and taking it back; waiving the rule for it, and revoking that."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from orders import due, guards, workflow
from orders.actions.review import extend_lease
from orders.assessment import assess
from orders.enums import REVIEW_STATES
from orders.models import FilingOrder, Objection, Waiver
from orders.objections import Objectionable, refusal_of_words, waived_ids
from orders.transitions import REVIEWERS
from orders.workflow import Refused

MADE, TAKEN_BACK = "rule_objected", "objection_taken_back"
WAIVED, REVOKED = "rule_waived", "waiver_revoked"


@transaction.atomic
def object_to_rule(actor: Actor, *, order_id: UUID, mark: str, reason: str) -> Objection:
    """Object to the finding with this mark; other words replace an earlier objection.

    Raises Refused and then keeps nothing.
    """
    order, entry = _objectionable(actor, order_id, mark)
    text = _worded(reason)
    if entry.objection is not None:
        if entry.objection.reason == text:
            return entry.objection
        _end(entry.objection)
    row = Objection.objects.create(
        order=order,
        rule=entry.finding.rule,
        mark=mark,
        reason=text,
        author_id=actor.user_id,
        made_at=clock.now(),
    )
    _note(actor, order, MADE, row.rule, text)
    return row


@transaction.atomic
def take_objection_back(actor: Actor, *, order_id: UUID, mark: str) -> None:
    """The rule stops the order again; raises Refused."""
    order, entry = _objectionable(actor, order_id, mark)
    if entry.objection is None:
        raise Refused("gone", _("这条异议已经收回。"))
    _end(entry.objection)
    _note(actor, order, TAKEN_BACK, entry.objection.rule)


def _objectionable(actor: Actor, order_id: UUID, mark: str) -> tuple[FilingOrder, Objectionable]:
    order = workflow.locked(order_id)
    if not actor.files_for(order.account_id):
        raise Refused("actor", _("您没有提出异议的权限。"))
    if not order.is_editable:
        reason = _("订单现在是“%(state)s”，不能提出或收回异议。")
        raise Refused("state", reason % {"state": order.get_state_display()})
    entries = assess(order).objectionables
    entry = next((each for each in entries if each.mark == mark), None)
    if entry is None:
        raise Refused("gone", _("这条规则现在不再阻止提交，或要求已经改变，请查看最新内容。"))
    return order, entry


def _end(row: Objection) -> None:
    row.taken_back_at = clock.now()
    row.save(update_fields=["taken_back_at"])


def _note(actor: Actor, order: FilingOrder, name: str, rule: str, words: str = "") -> None:
    opinion = f"{rule}：{words}" if words else rule
    workflow.record_note(order, name, actor, opinion=opinion)
    record_audit(actor, name, obj=order, field=rule)
    if order.is_editable:
        due.restart_idle(order)
        now = clock.now()
        FilingOrder.objects.filter(pk=order.pk).update(due_at=order.due_at, updated_at=now)


def refusal_to_waive(order: FilingOrder, actor: Actor) -> str:
    """Why `actor` may not waive now; "" if he may."""
    if order.state not in REVIEW_STATES:
        return _("订单现在是“%(state)s”，不能豁免规则，也不能撤销豁免。") % {
            "state": order.get_state_display()
        }
    if not actor.has_role(*REVIEWERS):
        return _("您没有豁免规则和撤销豁免的权限。")
    return guards.not_own_account(order, actor, {}) or guards.claimed_by_actor(order, actor, {})


@transaction.atomic
def waive_rule(
    actor: Actor, *, order_id: UUID, objection_id: int, reason: str, version: int | None = None
) -> Waiver:
    """Let the rule go for what one objection of the present submission says.

    `version` is the page's. Raises Refused or Stale, and then keeps nothing.
    """
    order = _held(actor, order_id, version)
    entry = _submitted(order, objection_id)
    if objection_id in waived_ids(order.submission):
        raise _waived()
    text = _worded(reason)
    row = _waive(actor, order, objection_id, text)
    _note(actor, order, WAIVED, entry["rule"], text)
    extend_lease(actor, order_id=order.pk)
    return row


@transaction.atomic
def revoke_waiver(
    actor: Actor, *, order_id: UUID, objection_id: int, reason: str, version: int | None = None
) -> None:
    """The rule stops the order again, as when what the waiver rested on is gone.

    Raises Refused or Stale, and then keeps nothing.
    """
    order = _held(actor, order_id, version)
    entry = _submitted(order, objection_id)
    text = _worded(reason)
    rows = Waiver.objects.standing().filter(objection=objection_id)
    values = {
        "revoked_at": clock.now(),
        "revoked_by_id": actor.user_id,
        "revoked_reason": text,
    }
    if not rows.update(**values):
        raise Refused("gone", _("这条规则没有豁免，请刷新页面。"))
    _note(actor, order, REVOKED, entry["rule"], text)
    extend_lease(actor, order_id=order.pk)


def _held(actor: Actor, order_id: UUID, version: int | None) -> FilingOrder:
    """The order, locked, if the reviewer may waive its rules."""
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    refusal = refusal_to_waive(order, actor)
    if refusal:
        raise Refused("waive", refusal)
    return order


def _worded(reason: str) -> str:
    text = reason.strip()
    refusal = refusal_of_words(text)
    if refusal:
        raise Refused("reason", refusal)
    return text


def _submitted(order: FilingOrder, objection_id: int) -> dict[str, Any]:
    entries = order.submission.objections
    entry = next((each for each in entries if each["id"] == objection_id), None)
    if entry is None:
        raise Refused("gone", _("提交的资料里没有这条异议，请刷新页面后重试。"))
    return entry


def _waived() -> Refused:
    return Refused("waived", _("这条规则已经豁免。"))


def _waive(actor: Actor, order: FilingOrder, objection_id: int, reason: str) -> Waiver:
    try:
        with transaction.atomic():
            return Waiver.objects.create(
                objection_id=objection_id,
                round=order.round,
                reason=reason,
                author_id=actor.user_id,
                waived_at=clock.now(),
            )
    except IntegrityError as error:
        # Two reviewers cannot hold a case, but SQLite has no row locks.
        raise _waived() from error
