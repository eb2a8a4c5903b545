"""The way without a face: a meeting is asked for, given a time, and its outcome recorded."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from verification.actions.face_photos import erase_photos
from verification.actions.truthfulness import CheckRefused, end_check, locked
from verification.enums import CheckEnd, FaceState, MeetingState
from verification.models import TruthfulnessCheck, TruthfulnessMeeting

OPEN = [MeetingState.REQUESTED, MeetingState.SCHEDULED]


def _current(check_id: UUID) -> TruthfulnessCheck:
    check = locked(check_id)
    if check.closed_at is not None:
        raise CheckRefused("closed", _("这次核验已经结束，请刷新页面查看最新情况。"))
    return check


@transaction.atomic
def request_meeting(
    actor: Actor, check_id: UUID, *, preferred: Sequence[str]
) -> TruthfulnessMeeting:
    """Book a meeting, or change the times of one that has none yet. Raises CheckRefused.

    A photo that nobody confirmed is not needed any more and is erased.
    """
    check = _current(check_id)
    if check.stage == "done":
        raise CheckRefused("done", _("真实性核验已经完成，不需要预约会议。"))
    if check.meeting is not None and check.meeting.state == MeetingState.SCHEDULED:
        raise CheckRefused("scheduled", _("会议时间已定，如需改期请先取消预约。"))
    TruthfulnessMeeting.objects.filter(check_row=check, state__in=OPEN).update(
        state=MeetingState.CANCELLED
    )
    meeting = TruthfulnessMeeting.objects.create(
        check_row=check,
        requested_at=clock.now(),
        requested_by_id=actor.user_id,
        preferred=list(preferred),
    )
    check.meeting = meeting
    check.save(update_fields=["meeting"])
    erase_photos(check.photos.exclude(state=FaceState.CONFIRMED))
    record_audit(actor, "request_meeting", obj=meeting)
    return meeting


@transaction.atomic
def cancel_meeting(actor: Actor, check_id: UUID) -> None:
    """Give the appointment up; raises CheckRefused if there is none to give up."""
    meeting = _open_meeting(check_id)
    meeting.state = MeetingState.CANCELLED
    meeting.save(update_fields=["state"])
    record_audit(actor, "cancel_meeting", obj=meeting)


def _open_meeting(check_id: UUID) -> TruthfulnessMeeting:
    meeting = _current(check_id).meeting
    if meeting is None or not meeting.is_open:
        raise CheckRefused("no_meeting", _("没有预约中的会议。"))
    return meeting


@transaction.atomic
def schedule_meeting(actor: Actor, check_id: UUID, *, at: datetime) -> TruthfulnessMeeting:
    """Staff agreed a time with the person; raises CheckRefused."""
    if at <= clock.now():
        raise CheckRefused("past", _("会议时间已经过去，请填写将来的时间。"))
    meeting = _open_meeting(check_id)
    meeting.state, meeting.agreed_at = MeetingState.SCHEDULED, at
    meeting.save(update_fields=["state", "agreed_at"])
    record_audit(actor, "schedule_meeting", obj=meeting)
    return meeting


@transaction.atomic
def confirm_person(actor: Actor, check_id: UUID, *, note: str) -> TruthfulnessMeeting:
    """The meeting took place and the person is who the form says. Raises CheckRefused."""
    return _decide(actor, check_id, MeetingState.CONFIRMED, note)


@transaction.atomic
def refuse_check(actor: Actor, check_id: UUID, *, note: str) -> None:
    """The reviewer was not convinced, by meeting or photo: the applicant has to begin again.

    That a submission cites the check is the caller's knowledge; a result that has grown too old
    meanwhile can be refused like any other. Raises CheckRefused if the check is over.
    """
    check = _current(check_id)
    if check.meeting is not None and check.meeting.is_open:
        _decide(actor, check_id, MeetingState.REFUSED, note)
    end_check(actor, check, CheckEnd.REFUSED, refusal=note)


def _decide(actor: Actor, check_id: UUID, state: MeetingState, note: str) -> TruthfulnessMeeting:
    meeting = _open_meeting(check_id)
    meeting.state, meeting.note = state, note
    meeting.decided_at, meeting.decided_by_id = clock.now(), actor.user_id
    meeting.save(update_fields=["state", "note", "decided_at", "decided_by"])
    record_audit(actor, "decide_meeting", obj=meeting, result=str(state))
    return meeting
