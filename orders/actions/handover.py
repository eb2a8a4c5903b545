"""Handing orders over to the bureau: rows first, a worker sends them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import ANONYMOUS, Actor
from beian.audit import record_audit
from beian.enums import StaffRoleName
from beian.site_settings import setting
from orders import guards, workflow
from orders.bureau import records
from orders.enums import HandoverState, OrderState, RecordType
from orders.models import BureauRecord, FilingOrder

# Accepted, while the order still waits here: it could not move on yet.
WAITING = (
    HandoverState.QUEUED,
    HandoverState.SENT,
    HandoverState.UNKNOWN,
    HandoverState.ACCEPTED,
)


def standing_refusal(order: FilingOrder, actor: Actor) -> str:
    """What role, state and four-eyes say, without asking the database about the order."""
    if not actor.has_role(StaffRoleName.BUREAU_SUBMITTER):
        return _("您没有提交管局的权限。")
    if order.state != OrderState.PENDING_BUREAU_SUBMISSION:
        return _("订单现在不是待提交管局。")
    if setting("bureau.second_person") and order.last_reviewer_id == actor.user_id:
        return _("您初审了这个订单，须由另一位同事提交管局。")
    return ""


def waiting_refusal(record_state: str | None) -> str:
    """What the state of the order's last record says."""
    return _("这个订单已在提交中。") if record_state in WAITING else ""


def _comment_refusal(order: FilingOrder) -> str:
    """A colleague found something that must be changed: the order is to be sent back first."""
    if not guards.no_must_fix_comment(order, ANONYMOUS, {}):
        return ""
    return _("有必须修改的意见还没有发送，请先退回申请人，或撤回意见。")


def refusal_to_hand_over(order: FilingOrder, actor: Actor) -> str:
    """Why `actor` may not hand this order over now; "" if he may."""
    on_its_way = next((row.state for row in order.open_filings if row.state in WAITING), None)
    return (
        standing_refusal(order, actor)
        or waiting_refusal(on_its_way)
        or guards.not_own_account(order, actor, {})
        or _comment_refusal(order)
        or guards.truthfulness_settled(order, actor, {})
        or guards.resource_usable(order, actor, {})
        or guards.data_still_valid(order, actor, {})
    )


def take_back_queued(order: FilingOrder) -> None:
    """What the bureau was not sent yet is not sent any more; the order has to be locked."""
    queued = order.bureau_records.filter(state=HandoverState.QUEUED, closed_at=None)
    queued.filter(record_type=RecordType.FIRST_FILING).update(state=HandoverState.CANCELLED)


@transaction.atomic
def hand_over_to_bureau(
    actor: Actor, order_id: UUID, *, version: int | None = None
) -> BureauRecord:
    """Queue the order's frozen submission; the state changes only when the bureau accepts it.

    Raises workflow.Refused or workflow.Stale.
    """
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    refusal = refusal_to_hand_over(order, actor)
    if refusal:
        raise workflow.Refused("hand_over", refusal)
    submission = order.submission
    if any(row.state == HandoverState.REFUSED for row in order.open_filings):
        # This attempt takes the place of a refused one.
        order.bureau_records.filter(state=HandoverState.REFUSED, closed_at=None).update(
            closed_at=clock.now()
        )
    record = BureauRecord(
        order=order,
        submission=submission,
        record_type=RecordType.FIRST_FILING,
        handed_over_by_id=actor.user_id,
        created_at=clock.now(),
    )
    record.put(records.first_filing(order, submission))
    record.save()
    workflow.record_note(order, "hand_over", actor)
    record_audit(actor, "hand_over_to_bureau", obj=order)
    return record


def queue_sms_result(order: FilingOrder, *, state: str) -> BureauRecord:
    """Tell the bureau how the SMS step ended; runs inside the transition's transaction."""
    filing = _accepted_filings().get(order=order)
    record = _sms_result(order, filing, state)
    record.save()
    return record


def queue_sms_results(orders: Iterable[FilingOrder], *, state: str) -> None:
    """What `queue_sms_result` does for each, in two statements; raises KeyError for a lost one."""
    told = list(orders)
    filings = {filing.order_id: filing for filing in _accepted_filings().filter(order__in=told)}
    rows = [_sms_result(order, filings[order.pk], state) for order in told]
    BureauRecord.objects.bulk_create(rows)


def _accepted_filings() -> QuerySet[BureauRecord]:
    return BureauRecord.objects.filter(
        record_type=RecordType.FIRST_FILING, state=HandoverState.ACCEPTED, closed_at=None
    )


def _sms_result(order: FilingOrder, filing: BureauRecord, state: str) -> BureauRecord:
    record = BureauRecord(
        order=order,
        submission_id=filing.submission_id,
        record_type=RecordType.SMS_RESULT,
        about=filing,
        created_at=clock.now(),
    )
    record.put(records.sms_result(state))
    return record
