"""Digests of the ministry's codes go a day after nobody can enter them any more."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from beian import clock
from beian.models import AuditEntry
from tests.builders import ID_NUMBER, MOBILE
from tests.life import newest_code
from verification.actions.sms import (
    Entry,
    Recipient,
    attempt,
    close_challenges,
    open_challenges,
    refusal_of,
)
from verification.actions.sms_retention import erase_codes
from verification.enums import AttemptResult, RecipientRole
from verification.models import SmsChallenge

pytestmark = pytest.mark.django_db

OWNER = uuid.UUID("00000000-0000-4000-8000-000000000001")
START = datetime(2026, 11, 24, 2, 26, tzinfo=UTC)
DUE = START + timedelta(hours=48)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)
PRINCIPAL = Recipient(RecipientRole.SUBJECT_PRINCIPAL, "林示例", MOBILE, ID_NUMBER)


@pytest.fixture(autouse=True)
def at(monkeypatch):
    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(START)
    return move


@pytest.fixture
def challenge(at) -> SmsChallenge:
    (only,) = open_challenges(
        owner=OWNER,
        round_number=1,
        reference="BA20261124-0001",
        province="33",
        recipients=[PRINCIPAL],
        due_at=DUE,
    )
    return only


def entry() -> Entry:
    return Entry(mobile=MOBILE, code=newest_code(MOBILE), tail=ID_NUMBER[-6:])


def digests() -> tuple[str, list[str]]:
    row = SmsChallenge.objects.get()
    return row.code_digest, row.tail_digests


def expect_end(at, end: datetime) -> None:
    """A day after `end` the digests go, and not a second before."""
    kept = digests()
    at(end + DAY - SECOND)
    assert (erase_codes(), digests()) == (0, kept)
    at(end + DAY)
    assert (erase_codes(), digests()) == (1, ("", []))
    assert (erase_codes(), AuditEntry.objects.filter(action="erase_sms_codes").count()) == (0, 1)


def test_code_nobody_entered_goes_a_day_after_its_end(at, challenge):
    expect_end(at, DUE)

    assert refusal_of(challenge.pk) == "expired"


def test_used_code_goes_a_day_after_its_use(at, challenge):
    assert attempt(challenge.pk, entry()).result == AttemptResult.ALL_VERIFIED

    expect_end(at, START)

    row = SmsChallenge.objects.get()
    assert (row.verified_at, row.mobile, row.names) == (START, MOBILE, ["林示例"])


def test_code_of_a_withdrawn_handover_goes_a_day_after_it_was_closed(at, challenge):
    at(START + SECOND)
    close_challenges(OWNER)

    expect_end(at, START + SECOND)


def test_entry_after_the_digests_are_gone_is_refused_as_expired(at, challenge):
    right = entry()
    at(DUE + DAY)
    erase_codes()

    outcome = attempt(challenge.pk, right)

    assert (outcome.result, outcome.code) == (AttemptResult.REFUSED, "expired")


def test_term_is_a_setting(at, challenge, change_setting):
    change_setting("retention.sms_code_hours", 1)

    at(DUE + timedelta(hours=1) - SECOND)
    assert erase_codes() == 0
    at(DUE + timedelta(hours=1))
    assert erase_codes() == 1
