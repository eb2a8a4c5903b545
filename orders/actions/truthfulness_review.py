"""What a reviewer records about a truthfulness check: a meeting's time and outcome, a refusal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import guards, notices, workflow
from orders.actions.comments import refusal_to_comment
from orders.actions.handover import take_back_queued
from orders.actions.review import extend_lease
from orders.models import FilingOrder
from orders.truthfulness import mobile_of
from orders.workflow import Refused
from verification.actions import meetings


def refusal_to_record(order: FilingOrder, actor: Actor) -> str:
    """Why `actor` may not record anything here now; "" if he may: the holder of a case does."""
    return refusal_to_comment(order, actor) or guards.not_own_account(order, actor, {})


def _case(actor: Actor, order_id: UUID, check_id: UUID, version: int | None) -> FilingOrder:
    """The locked order under this reviewer's hand, whose submission rests on the check.

    `version` is that of the page; raises Stale if it is an older one.
    """
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    reason = refusal_to_record(order, actor)
    if reason:
        raise Refused("record", reason)
    cited = {row["check"] for row in order.submission.truthfulness}
    if str(check_id) not in cited:
        raise Refused("check", _("这一轮提交没有用到这项核验，请刷新页面查看最新情况。"))
    return order


def _note(actor: Actor, order: FilingOrder, name: str, **data: str) -> None:
    event = workflow.record_note(order, name, actor)
    notices.queue(name, order, event, data)
    extend_lease(actor, order_id=order.pk)


@transaction.atomic
def schedule(
    actor: Actor, *, order_id: UUID, check_id: UUID, at: datetime, version: int | None = None
) -> None:
    """A time was agreed with the person; raises Refused or CheckRefused."""
    order = _case(actor, order_id, check_id, version)
    meeting = meetings.schedule_meeting(actor, check_id, at=at)
    time = f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    # Who has to attend is told as well, and need not have an account.
    mobile = mobile_of(order, meeting.check_row)
    _note(actor, order, "meeting_scheduled", time=time, person_mobile=mobile)


@transaction.atomic
def confirm(
    actor: Actor, *, order_id: UUID, check_id: UUID, note: str, version: int | None = None
) -> None:
    """The person was recognised in the meeting; raises Refused or CheckRefused."""
    order = _case(actor, order_id, check_id, version)
    meetings.confirm_person(actor, check_id, note=note)
    _note(actor, order, "meeting_confirmed")


@transaction.atomic
def refuse(
    actor: Actor, *, order_id: UUID, check_id: UUID, note: str, version: int | None = None
) -> None:
    """Neither photo nor meeting convinced; the order still has to be returned by a decision."""
    order = _case(actor, order_id, check_id, version)
    meetings.refuse_check(actor, check_id, note=note)
    take_back_queued(order)
    _note(actor, order, "truthfulness_refused")
