"""SMS verification of an order: who is texted, and what an entry does to the order."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from beian import clock
from beian.actions.consents import person_digest_of_phone, record_notice_shown
from beian.actors import MINISTRY
from beian.site_settings import setting
from orders import workflow
from orders.actions.contacts import NOTICE_TEXT
from orders.dossier import Dossier, Person
from orders.models import FilingOrder
from verification.actions import sms
from verification.actions.sms import Entry, Outcome, Recipient
from verification.enums import AttemptResult, RecipientRole
from verification.models import SmsChallenge

_MOVES = {
    AttemptResult.ALL_VERIFIED: "confirm_sms",
    AttemptResult.RETURNS_ORDER: "return_after_errors",
}


def _recipients(dossier: Dossier) -> Iterator[Recipient]:
    """A first filing texts the subject principal and every service principal, as entered."""
    yield _recipient(RecipientRole.SUBJECT_PRINCIPAL, dossier.subject.principal)
    for index in range(len(dossier.services)):
        yield _recipient(RecipientRole.SERVICE_PRINCIPAL, dossier.service_principal(index))


def _recipient(role: RecipientRole, person: Person) -> Recipient:
    return Recipient(role, person.full_name, person.mobile, person.cert_number)


def open_challenges_of(order: FilingOrder) -> list[SmsChallenge]:
    """Text everybody named in what was submitted last; runs in the transition's transaction."""
    dossier = order.submission.dossier
    return sms.open_challenges(
        owner=order.pk,
        round_number=order.round,
        reference=order.number,
        province=order.province,
        recipients=_recipients(dossier),
        due_at=clock.now() + timedelta(hours=setting("sms.code_hours", order.province)),
    )


def close_challenges_of(order: FilingOrder) -> int:
    return sms.close_challenges(order.pk)


def challenges_of(order: FilingOrder) -> list[SmsChallenge]:
    """The challenges in force, in the order they were opened."""
    return list(SmsChallenge.objects.of_round(order.pk, order.round))


@transaction.atomic
def attempt_verification(*, order_id: UUID, challenge_id: UUID, entry: Entry) -> Outcome:
    """Count one entry and, where it decides the order, move it: together or not at all.

    The order is locked first, as by every transition: an entry and the end of the window cannot
    wait for each other.
    """
    order = workflow.locked(order_id)
    outcome = sms.attempt(challenge_id, entry)
    if outcome.result in _MOVES:
        workflow.apply_to(order, _MOVES[outcome.result], MINISTRY)
    return outcome


@transaction.atomic
def resend_code(*, order_id: UUID, challenge_id: UUID) -> SmsChallenge:
    """A new code for one person; raises `verification.actions.sms.ResendRefused`."""
    workflow.locked(order_id)
    return sms.resend(challenge_id)


def find_challenge(*, number: str, mobile: str) -> SmsChallenge | None:
    """The newest challenge for this mobile in the order of this number."""
    rows = SmsChallenge.objects.filter(
        reference=number.strip().upper(), mobile_digest=person_digest_of_phone(mobile)
    )
    return rows.order_by("-opened_at").first()


def note_notice_shown(challenge: SmsChallenge, *, source_address: str | None) -> None:
    """Keep, once per version, that this person was told how the data is used."""
    record_notice_shown(
        person_digest=challenge.mobile_digest,
        text_key=NOTICE_TEXT,
        order_id=challenge.owner,
        source_address=source_address,
    )
