"""A person decides what becomes of a bureau result that the machine could not apply.

The bureau decided, the person says about which order: the transition is the bureau's, the note
before it, the result's row and the audit trail name who applied it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.register import RegisterConflict
from beian.actors import BUREAU, MINISTRY, Actor
from beian.audit import record_audit
from beian.enums import StaffRoleName
from orders import guards, workflow
from orders.enums import ResultState
from orders.models import BureauResult, FilingOrder

log = structlog.get_logger(__name__)
APPLIED_BY_HAND = "bureau_result_applied"
OPEN = (ResultState.WAITING, ResultState.STOPPED)
GRANTED, REFUSED, DOMAIN_FAILED = "granted", "refused", "domain_failed"
# Open, or open once numbers and opinion are given: the page asks for those.
ASKED_FOR = frozenset({"", "numbers_present", "numbers_well_formed", "has_opinion"})
# What the bureau decided → the transition, and whose it is.
MOVES: dict[str, tuple[str, Actor]] = {
    GRANTED: ("grant", BUREAU),
    REFUSED: ("refuse", BUREAU),
    DOMAIN_FAILED: ("fail_domain_check", MINISTRY),
}


@dataclass(frozen=True)
class Decision:
    """What the bureau decided, as read from the result or typed from its words."""

    outcome: str
    opinion: str = ""
    subject_number: str = ""
    # {service ref in the dossier: service number}
    service_numbers: Mapping[str, str] = field(default_factory=dict)


def refusal_to_settle(result: BureauResult, actor: Actor) -> str:
    """Why `actor` cannot decide about this result now; "" if he can."""
    if not actor.has_role(StaffRoleName.BUREAU_SUBMITTER):
        return _("您没有登记管局结果的权限。")
    if result.state in OPEN:
        return ""
    if result.settled_by is None:
        return _("系统已经登记了这条结果。")
    return _("%(name)s 已经处理了这条结果。") % {"name": result.settled_by.staff_name}


def refusal_to_apply(order: FilingOrder, actor: Actor, outcome: str) -> str:
    """Why this decision cannot be applied to the order now, whatever its numbers are."""
    own = guards.not_own_account(order, actor, {})
    if own:
        return own
    name, bureau = MOVES[outcome]
    for option in workflow.available(order, bureau, names={name}):
        return "" if option.code in ASKED_FOR else option.reason
    state = order.get_state_display()
    return _("订单现在是“%(state)s”，不能登记这个结果。") % {"state": state}


def _locked(key: UUID, actor: Actor) -> BureauResult:
    # Alone: joined to it, a colleague who was waited for would be nobody yet.
    result = BureauResult.objects.select_for_update(of=("self",), no_key=True).get(key=key)
    refusal = refusal_to_settle(result, actor)
    if refusal:
        raise workflow.Refused("settled", refusal)
    return result


def _settle(result: BureauResult, actor: Actor, state: ResultState, reason: str) -> None:
    """Conditional, because SQLite has no row locks: of two clicks one finds the row open."""
    now = clock.now()
    written = BureauResult.objects.filter(pk=result.pk, state__in=OPEN).update(
        state=state,
        applied_at=now if state == ResultState.APPLIED else None,
        settled_at=now,
        settled_by_id=actor.user_id,
        settlement_reason=reason,
        record_id=result.record_id,
    )
    if not written:
        raise workflow.Refused("settled", _("同事刚刚处理了这条结果。"))


def _move(order_id: UUID, decision: Decision, version: int | None) -> FilingOrder:
    name, bureau = MOVES[decision.outcome]
    numbers = {}
    if decision.outcome == GRANTED:
        numbers = {
            "subject_number": decision.subject_number,
            "service_numbers": decision.service_numbers,
        }
    try:
        with transaction.atomic():
            return workflow.apply(
                order_id, name, bureau, version=version, opinion=decision.opinion, **numbers
            )
    except (RegisterConflict, IntegrityError) as error:
        log.warning("result does not fit the register", order=order_id, error=type(error).__name__)
        raise workflow.Refused(
            "register_conflict",
            _("与备案库中已有的记录冲突：备案号、证件或域名已在另一条记录下，请核对后再登记。"),
        ) from error


@transaction.atomic
def apply_by_hand(
    actor: Actor,
    *,
    key: UUID,
    order_id: UUID,
    decision: Decision,
    reason: str,
    version: int | None = None,
) -> FilingOrder:
    """Apply the result to this order. Raises workflow.Refused or Stale; nothing changes then."""
    result = _locked(key, actor)
    order = workflow.locked(order_id)
    own = guards.not_own_account(order, actor, {})
    if own:
        raise workflow.Refused("not_own_account", own)
    if result.record is None or result.record.order_id != order.pk:
        result.record = order.bureau_records.filter(closed_at=None).last()
    workflow.record_note(order, APPLIED_BY_HAND, actor, opinion=reason)
    moved = _move(order.pk, decision, version)
    _settle(result, actor, ResultState.APPLIED, reason)
    record_audit(actor, APPLIED_BY_HAND, obj=order, field=str(result.key), purpose=reason[:200])
    return moved


@transaction.atomic
def dismiss_result(actor: Actor, *, key: UUID, reason: str) -> None:
    """Nothing follows from this result; `reason` says why. Raises workflow.Refused."""
    result = _locked(key, actor)
    _settle(result, actor, ResultState.DISMISSED, reason)
    # The bureau's own id may be longer than what the audit trail keeps.
    named = BureauResult(pk=str(result.key))
    record_audit(actor, "bureau_result_dismissed", obj=named, purpose=reason[:200])
