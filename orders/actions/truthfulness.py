"""What the step does to the order around it: history, messages, the days of silence.

The order is locked before the check, always in this order.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor, ActorKind
from beian.limits import LimitReached
from orders import due, guards, notices, staff_notices, workflow
from orders.actions import handover
from orders.apply.stops import upload_refusal
from orders.enums import AT_BUREAU_STATES, Withdrawal
from orders.models import FilingOrder, OrderEvent
from orders.required import is_mobile_proved
from orders.truthfulness import (
    IDENTITY_FIELDS,
    Standing,
    forget_standings,
    is_identified,
    principals_of,
    standings_of,
)
from orders.workflow import Refused
from verification.actions import face_check, meetings, truthfulness, truthfulness_links
from verification.actions.truthfulness import CheckRefused
from verification.enums import CheckEnd
from verification.models import TruthfulnessCheck, TruthfulnessLink

PERSON = Actor(ActorKind.PERSON)
_CAME_TO = {
    CheckEnd.CONSENT_WITHDRAWN: Withdrawal.ERASED,
    CheckEnd.CONSENT_RESTRICTED: Withdrawal.RESTRICTED,
    None: Withdrawal.MEETING_GOES_ON,
}


def person_on(order: FilingOrder, key: str) -> Standing:
    """The service principal a page of the step is about; raises Refused for one who is not."""
    standing = next((item for item in standings_of(order) if item.key == key), None)
    if standing is None:
        raise Refused("person", _("网站负责人已更换，请查看最新内容后再操作。"))
    if not is_identified(standing.person):
        raise Refused("person", _("请先填写网站负责人的姓名、证件和手机号。"))
    # No face of somebody whose papers are refused before a picture of them is kept.
    refusal = upload_refusal(order)
    if refusal:
        raise Refused("stopped", refusal.reason)
    return standing


def show_code(actor: Actor, order: FilingOrder, key: str) -> TruthfulnessLink:
    """A fresh QR code for the person; raises Refused or LimitReached."""
    check = truthfulness.open_check(order.pk, person_on(order, key).person)
    return truthfulness_links.show_link(actor, check)


def send_link(
    actor: Actor, order: FilingOrder, key: str, *, source_address: str | None
) -> Standing:
    """Text a link to the person's number, once that has answered a code; raises Refused."""
    standing = person_on(order, key)
    if not is_mobile_proved(order.pk, standing.person.mobile):
        raise Refused("mobile", _("请先在负责人页面用验证码确认手机号，再发送短信链接。"))
    check = truthfulness.open_check(order.pk, standing.person)
    TruthfulnessCheck.objects.filter(pk=check.pk).update(
        mobile_digest=standing.person.mobile_digest
    )
    _text(actor, order, check, standing.person.mobile, source_address)
    return standing


def send_link_again(order: FilingOrder, mobile: str, *, source_address: str | None) -> None:
    """For a person who comes without a link: to the number of a check that exists, or nothing."""
    for check in truthfulness.checks_by_mobile(order.pk, mobile):
        try:
            _text(PERSON, order, check, mobile, source_address)
        except LimitReached:
            # The page gives everybody the same answer.
            continue


def _text(
    actor: Actor,
    order: FilingOrder,
    check: TruthfulnessCheck,
    mobile: str,
    source_address: str | None,
) -> None:
    truthfulness_links.text_link(
        actor, check, mobile=mobile, who=order.subject_name, source_address=source_address
    )


def _begun(order_id: UUID) -> FilingOrder:
    """The locked order; raises Refused where its content is not open to the applicant's side."""
    order = workflow.locked(order_id)
    if not order.is_editable:
        reason = _("订单现在是“%(state)s”，不能再进行真实性核验。")
        raise Refused("state", reason % {"state": order.get_state_display()})
    return order


def _told(order: FilingOrder, actor: Actor, name: str) -> OrderEvent:
    """Write it into the history, tell the account, and let the days of silence begin again."""
    event = workflow.record_note(order, name, actor)
    notices.queue(name, order, event)
    if order.is_editable:
        due.restart_idle(order)
        FilingOrder.objects.filter(pk=order.pk).update(due_at=order.due_at)
    forget_standings(order)
    return event


@transaction.atomic
def confirm_photo(check: TruthfulnessCheck) -> TruthfulnessCheck:
    """确认使用该核验照, said by the person; raises Refused or CheckRefused."""
    order = _begun(check.owner)
    confirmed = face_check.confirm_photo(PERSON, check)
    _told(order, PERSON, "truthfulness_confirmed")
    return confirmed


@transaction.atomic
def withdraw_consent(check: TruthfulnessCheck, *, source_address: str | None) -> Withdrawal:
    """The person takes the consents back, at any time; raises CheckRefused."""
    order = workflow.locked(check.owner)
    end = face_check.withdraw_consent(
        PERSON, check, source_address=source_address, is_evidence=_is_at_bureau(order)
    )
    came_to = _CAME_TO[end]
    event = _told(order, PERSON, came_to)
    if came_to is Withdrawal.ERASED and not order.is_editable:
        handover.take_back_queued(order)
        staff_notices.queue_consent_withdrawn(order, f"event:{event.pk}")
    return came_to


def _is_at_bureau(order: FilingOrder) -> bool:
    """Whether the law wants the photo kept as evidence of what the bureau was told."""
    is_sent = bool(guards.not_handed_over(order, PERSON, {}))
    return is_sent or order.state in AT_BUREAU_STATES


@transaction.atomic
def book_meeting(actor: Actor, check: TruthfulnessCheck, *, preferred: Sequence[str]) -> None:
    """A meeting instead of a photo, asked for by either side; raises Refused or CheckRefused."""
    order = _begun(check.owner)
    meetings.request_meeting(actor, check.pk, preferred=preferred)
    _told(order, actor, "meeting_requested")


@transaction.atomic
def cancel_meeting(actor: Actor, check: TruthfulnessCheck) -> None:
    """Raises Refused once the order is under review: the submission rests on the meeting."""
    order = _begun(check.owner)
    meetings.cancel_meeting(actor, check.pk)
    _told(order, actor, "meeting_cancelled")


def drop_strangers(actor: Actor, order: FilingOrder, changed: Collection[str]) -> None:
    """Checks of persons who are not service principals any more end with the change."""
    if IDENTITY_FIELDS.isdisjoint(path.rpartition(".")[2] for path in changed):
        return
    persons = {person.digest for person in principals_of(order.dossier)}
    truthfulness.end_checks(actor, order.pk, CheckEnd.PERSON_CHANGED, unless=persons)


__all__ = [
    "PERSON",
    "CheckRefused",
    "book_meeting",
    "cancel_meeting",
    "confirm_photo",
    "drop_strangers",
    "person_on",
    "send_link",
    "send_link_again",
    "show_code",
    "withdraw_consent",
]
