"""SMS verification by the ministry (短信核验): opening, entering, resending, closing.

The rules are the ministry's since 2020-08-17: one code per mobile, a fixed window, wrong entries
counted in a row across code, mobile and certificate digits, and the attempt after the tolerated
ones returns the order whether it is right or wrong. Every count is one conditional UPDATE, so it
holds with any number of requests at once and on a database without row locks.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from beian import clock
from beian.crypto.digests import digest
from beian.site_settings import setting
from verification import ministry
from verification.enums import AttemptResult
from verification.models import SmsChallenge


@dataclass(frozen=True)
class Recipient:
    """A responsible person in one role (RecipientRole value)."""

    role: str
    name: str
    mobile: str
    cert_number: str


@dataclass(frozen=True)
class Entry:
    """What somebody typed: mobile, code, last six characters of the certificate number."""

    mobile: str
    code: str
    tail: str


@dataclass(frozen=True)
class Outcome:
    """`wrong` names the parts that did not fit (mobile, code, tail); `left` the tries that remain.

    `code` says why an entry was refused: expired, closed or verified.
    """

    result: AttemptResult
    wrong: tuple[str, ...] = ()
    left: int = 0
    code: str = ""


class ResendRefused(Exception):
    """No new code is sent; `code` is expired, closed, verified or spent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic(savepoint=False)
def open_challenges(
    *,
    owner: UUID,
    round_number: int,
    reference: str,
    province: str,
    recipients: Iterable[Recipient],
    due_at: datetime,
) -> list[SmsChallenge]:
    """Send a fresh code to every mobile; challenges of an earlier hand-over are closed."""
    close_challenges(owner)
    by_mobile: dict[str, list[Recipient]] = {}
    for recipient in recipients:
        by_mobile.setdefault(digest("phone", recipient.mobile), []).append(recipient)
    limits = {
        "sends_allowed": setting("sms.total_sends", province),
        "wrong_allowed": setting("sms.wrong_attempts_allowed", province),
    }
    now = clock.now()
    opened = [
        _new(
            persons,
            position=position,
            owner=owner,
            round=round_number,
            reference=reference,
            mobile_digest=mobile_digest,
            opened_at=now,
            sent_at=now,
            due_at=due_at,
            **limits,
        )
        for position, (mobile_digest, persons) in enumerate(by_mobile.items())
    ]
    challenges = SmsChallenge.objects.bulk_create(challenge for challenge, _code in opened)
    ministry.send_codes(opened)
    return challenges


def _new(persons: list[Recipient], **values: object) -> tuple[SmsChallenge, str]:
    """A challenge, not saved yet, and its code."""
    challenge = SmsChallenge(mobile=persons[0].mobile, **values)
    named = [{"role": str(person.role), "name": person.name} for person in persons]
    challenge.persons = json.dumps(named, ensure_ascii=False)
    tails = {ministry.tail_digest(challenge, person.cert_number) for person in persons}
    challenge.tail_digests = sorted(tails)
    code = ministry.new_code()
    challenge.code_digest = ministry.code_digest(challenge, code)
    return challenge, code


def close_challenges(owner: UUID) -> int:
    """Nobody can verify any more for this order; returns how many were open."""
    return close_challenges_of_owners([owner])


def close_challenges_of_owners(owners: Iterable[UUID]) -> int:
    """The same for many orders at once."""
    rows = SmsChallenge.objects.filter(owner__in=owners, closed_at=None)
    return rows.update(closed_at=clock.now())


def all_verified(owner: UUID, round_number: int) -> bool:
    """Whether every person texted in this round (since the last hand-over) has verified."""
    times = SmsChallenge.objects.of_round(owner, round_number).values_list("verified_at", flat=True)
    return bool(times) and all(times)


@transaction.atomic(savepoint=False)
def attempt(challenge_id: UUID, entry: Entry) -> Outcome:
    """One entry at the ministry. The caller moves the order on ALL_VERIFIED and RETURNS_ORDER."""
    challenge = SmsChallenge.objects.get(pk=challenge_id)
    wrong = _wrong_parts(challenge, entry)
    now = clock.now()
    waiting = SmsChallenge.objects.filter(pk=challenge.pk).waiting(now)
    tolerated = waiting.filter(wrong_count__lt=F("wrong_allowed"))
    if wrong:
        if tolerated.update(wrong_count=F("wrong_count") + 1):
            challenge.refresh_from_db(fields=["wrong_count"])
            return Outcome(AttemptResult.WRONG, wrong, challenge.wrong_left)
    # Compared again by the database: a resend may have replaced the code since it was read.
    elif tolerated.filter(code_digest=challenge.code_digest).update(verified_at=now, wrong_count=0):
        is_last = all_verified(challenge.owner, challenge.round)
        return Outcome(AttemptResult.ALL_VERIFIED if is_last else AttemptResult.VERIFIED)
    elif tolerated.exists():
        return attempt(challenge_id, entry)
    if waiting.update(exhausted_at=now, closed_at=now):
        return Outcome(AttemptResult.RETURNS_ORDER)
    return Outcome(AttemptResult.REFUSED, code=refusal_of(challenge_id))


def _wrong_parts(challenge: SmsChallenge, entry: Entry) -> tuple[str, ...]:
    fits = {
        "mobile": digest("phone", entry.mobile) == challenge.mobile_digest,
        "code": ministry.code_digest(challenge, entry.code) == challenge.code_digest,
        "tail": len(entry.tail) == ministry.TAIL_LENGTH
        and ministry.tail_digest(challenge, entry.tail) in challenge.tail_digests,
    }
    return tuple(part for part, fit in fits.items() if not fit)


def refusal_of(challenge_id: UUID) -> str:
    """Why an entry is not looked at: verified, closed or expired; "" while it would be."""
    challenge = SmsChallenge.objects.get(pk=challenge_id)
    if challenge.is_waiting:
        return ""
    if challenge.is_verified:
        return "verified"
    return "closed" if challenge.closed_at else "expired"


@transaction.atomic
def resend(challenge_id: UUID) -> SmsChallenge:
    """Send a new code; the older one is void. Window and count of wrong entries go on.

    Raises ResendRefused.
    """
    challenge = SmsChallenge.objects.get(pk=challenge_id)
    code = ministry.new_code()
    now = clock.now()
    waiting = SmsChallenge.objects.filter(pk=challenge_id).waiting(now)
    sent = waiting.filter(send_count__lt=F("sends_allowed")).update(
        send_count=F("send_count") + 1,
        code_digest=ministry.code_digest(challenge, code),
        sent_at=now,
    )
    if not sent:
        raise ResendRefused(refusal_of(challenge_id) or "spent")
    challenge.refresh_from_db()
    ministry.send_codes([(challenge, code)])
    return challenge
