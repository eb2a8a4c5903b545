"""What the step does to the order around it: history, messages, the days of silence.

The order is locked before the check, always in this order.
"""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor, ActorKind
from orders import due, guards, notices, staff_notices, workflow
from orders.actions import handover
from orders.enums import AT_BUREAU_STATES, OrderState, Withdrawal
from orders.models import FilingOrder, OrderComment, OrderEvent
from orders.new_checks import is_enough, remarks_on
from orders.service_principals import principals_of
from orders.truthfulness import Standing, forget_standings
from orders.truthfulness_results import results_of
from orders.workflow import Refused
from verification.actions import face_check, meetings, truthfulness
from verification.actions.truthfulness import CheckedPerson, CheckRefused
from verification.enums import CheckEnd
from verification.models import TruthfulnessCheck

PERSON = Actor(ActorKind.PERSON)
_CAME_TO = {
    CheckEnd.CONSENT_WITHDRAWN: Withdrawal.ERASED,
    CheckEnd.CONSENT_RESTRICTED: Withdrawal.RESTRICTED,
    None: Withdrawal.MEETING_GOES_ON,
}


def begun(order_id: UUID) -> FilingOrder:
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
def confirm_photo(
    check: TruthfulnessCheck, *, actor: Actor = PERSON, shown: str | None = None
) -> TruthfulnessCheck:
    """确认使用该核验照, said by the person; raises Refused or CheckRefused."""
    order = begun(check.owner)
    confirmed = face_check.confirm_photo(actor, check, shown=shown)
    _told(order, actor, "truthfulness_confirmed")
    return confirmed


@transaction.atomic
def withdraw_consent(
    check: TruthfulnessCheck, *, source_address: str | None, actor: Actor = PERSON
) -> Withdrawal:
    """The person takes the consents back, at any time; raises CheckRefused."""
    order = workflow.locked(check.owner)
    end = face_check.withdraw_consent(
        actor, check, source_address=source_address, is_evidence=_is_at_bureau(order)
    )
    came_to = _CAME_TO.get(end, Withdrawal.PHOTO_ERASED)
    event = _told(order, actor, came_to)
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
    order = begun(check.owner)
    meetings.request_meeting(actor, check.pk, preferred=preferred)
    _told(order, actor, "meeting_requested")


@transaction.atomic
def cancel_meeting(actor: Actor, check: TruthfulnessCheck) -> None:
    """Raises Refused once the order is under review: the submission rests on the meeting."""
    order = begun(check.owner)
    meetings.cancel_meeting(actor, check.pk)
    _told(order, actor, "meeting_cancelled")


def drop_strangers(actor: Actor, order: FilingOrder, before: Collection[CheckedPerson]) -> None:
    """Checks of persons who are not service principals any more end with the change.

    `before` are the principals as they were. Another number is the same person; links go to the
    new one from then on.
    """
    persons = list(principals_of(order.dossier))
    if set(persons) == set(before):
        return
    if order.state == OrderState.NEEDS_SUPPLEMENT:
        # A recall goes on with what was submitted, and with the checks it rests on.
        end_checks_of_strangers(actor, order, unless=principals_of(order.submission.dossier))
    else:
        end_checks_of_strangers(actor, order)
    truthfulness.note_mobiles(order.pk, persons)


def end_checks_of_strangers(
    actor: Actor, order: FilingOrder, *, unless: Iterable[CheckedPerson] = ()
) -> None:
    """Only service principals of the draft, and persons `unless`, keep their checks."""
    digests = {person.digest for person in (*principals_of(order.dossier), *unless)}
    truthfulness.end_checks(actor, order.pk, CheckEnd.PERSON_CHANGED, unless=digests)


def end_checks_asked_again(actor: Actor, order: FilingOrder) -> None:
    """Remarks just sent ask persons for a new check: the ones submitted count no more.

    What was done since the submission, as before a recall, may be what they ask for.
    """
    sent = order.comments.standing().filter(round=order.round).exclude(sent_at=None)
    submission = order.submission
    asked = remarks_on(submission.dossier, sent)
    submitted = {row["check"] for row in submission.truthfulness}
    checks = TruthfulnessCheck.objects.of(order.pk).current().filter(person_digest__in=asked)
    for check in checks:
        remarks = asked[check.person_digest]
        if str(check.pk) in submitted or not is_enough(check, remarks):
            _end_asked_again(actor, check, remarks)
    forget_standings(order)


def _end_asked_again(
    actor: Actor, check: TruthfulnessCheck, remarks: Iterable[OrderComment]
) -> None:
    words = "\n".join(remark.text for remark in remarks)
    truthfulness.end_check(actor, check, CheckEnd.ASKED_AGAIN, refusal=words)


def end_outdated(actor: Actor, standing: Standing) -> None:
    """The check from before the remarks makes room for the one that is begun now."""
    if standing.outdated is not None:
        _end_asked_again(actor, standing.outdated, standing.remarks)


def reopen_checks_not_asked(actor: Actor, order: FilingOrder) -> None:
    """After a remark was taken back: the submission rests again on what nobody asks anew.

    What has nothing left to rest on, the photo erased or sealed meanwhile, stays over. Who did a
    new one in vain is told.
    """
    submission = order.submission
    asked = remarks_on(submission.dossier, order.comments.standing().filter(round=order.round))
    persons = {person.digest: person for person in principals_of(submission.dossier)}
    for result in results_of(submission):
        check = result.check
        is_asked = check.person_digest in asked
        if check.closed_for == CheckEnd.ASKED_AGAIN and not is_asked and result.has_proof:
            person = persons[check.person_digest]
            if truthfulness.reopen_check(actor, check, person, meeting=result.meeting):
                _told(order, actor, "newer_check_ended")
    forget_standings(order)


__all__ = [
    "PERSON",
    "CheckRefused",
    "begun",
    "book_meeting",
    "cancel_meeting",
    "confirm_photo",
    "drop_strangers",
    "end_checks_asked_again",
    "end_checks_of_strangers",
    "end_outdated",
    "reopen_checks_not_asked",
    "withdraw_consent",
]
