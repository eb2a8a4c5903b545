"""The ministry's rules of SMS verification, one by one."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from beian import clock
from beian.actions.notices import relay_notices
from beian.enums import Channel
from beian.models import Notice, SettingOverride
from beian.site_settings.lookup import forget_overrides
from tests.builders import ID_NUMBER, MOBILE, OTHER_ID_NUMBER, OTHER_MOBILE
from tests.statements import recorded
from verification.actions.sms import (
    Entry,
    Outcome,
    Recipient,
    ResendRefused,
    all_verified,
    attempt,
    close_challenges,
    open_challenges,
    resend,
)
from verification.enums import AttemptResult, RecipientRole
from verification.models import SmsChallenge

pytestmark = pytest.mark.django_db

OWNER = uuid.UUID("00000000-0000-4000-8000-000000000001")
START = datetime(2026, 11, 24, 2, 26, tzinfo=UTC)
DUE = START + timedelta(hours=24)
PRINCIPAL = Recipient(RecipientRole.SUBJECT_PRINCIPAL, "林示例", MOBILE, ID_NUMBER)
WEBMASTER = Recipient(RecipientRole.SERVICE_PRINCIPAL, "周示例", OTHER_MOBILE, OTHER_ID_NUMBER)


@pytest.fixture(autouse=True)
def at(monkeypatch):
    """Set the time: `at(moment)`."""

    def move(moment: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(START)
    return move


def opened(*recipients: Recipient, round_number: int = 1) -> list[SmsChallenge]:
    return open_challenges(
        owner=OWNER,
        round_number=round_number,
        reference="BA20261124-0001",
        province="33",
        recipients=recipients or (PRINCIPAL, WEBMASTER),
        due_at=clock.now() + timedelta(hours=24),
    )


def code_of(challenge: SmsChallenge) -> str:
    """The newest code, read from the message as its recipient would."""
    notice = Notice.objects.get(
        event_key__startswith=f"sms-challenge:{challenge.pk}:",
        event_key__endswith=f":{SmsChallenge.objects.get(pk=challenge.pk).send_count}",
    )
    return re.search(r"核验码 (\d+)", notice.body).group(1)


def right(challenge: SmsChallenge, person: Recipient = PRINCIPAL) -> Entry:
    return Entry(person.mobile, code_of(challenge), person.cert_number[-6:])


def other_code(code: str) -> str:
    """A code that is surely not `code`."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}}"


def enter_wrong(challenge: SmsChallenge, times: int) -> list[Outcome]:
    entry = Entry(MOBILE, other_code(code_of(challenge)), ID_NUMBER[-6:])
    return [attempt(challenge.pk, entry) for _time in range(times)]


def test_every_mobile_gets_a_code_of_its_own():
    first, second = opened()

    notices = Notice.objects.filter(template="ministry_code")
    assert {notice.recipient for notice in notices} == {MOBILE, OTHER_MOBILE}
    assert {(notice.sender, notice.channel, notice.is_secret) for notice in notices} == {
        ("12381", Channel.SMS, True)
    }
    assert [len(code_of(challenge)) for challenge in (first, second)] == [6, 6]


def test_two_persons_are_texted_in_as_many_statements_as_one():
    counts = []
    for recipients in ((PRINCIPAL,), (PRINCIPAL, WEBMASTER)):
        opened(*recipients)
        with recorded() as statements:
            opened(*recipients)
        counts.append(len(statements))

    # Those of before are closed, challenges and messages written.
    assert counts == [3, 3]


def test_same_mobile_in_both_roles_is_one_code():
    [challenge] = opened(
        PRINCIPAL,
        Recipient(RecipientRole.SERVICE_PRINCIPAL, "林示例", "+86 138-0000-0034", ID_NUMBER),
    )

    assert (challenge.roles, challenge.names) == (
        ["subject_principal", "service_principal"],
        ["林示例"],
    )
    assert Notice.objects.filter(template="ministry_code").count() == 1
    assert attempt(challenge.pk, right(challenge)) == Outcome(AttemptResult.ALL_VERIFIED)


def test_two_persons_with_one_mobile_may_use_either_certificate():
    colleague = Recipient(RecipientRole.SERVICE_PRINCIPAL, "周示例", MOBILE, OTHER_ID_NUMBER)
    [challenge] = opened(PRINCIPAL, colleague)

    assert challenge.names == ["林示例", "周示例"]
    assert attempt(challenge.pk, right(challenge, colleague)).result == "all_verified"


def test_row_holds_no_code_mobile_name_or_certificate_digits():
    [challenge] = opened(PRINCIPAL)
    code = code_of(challenge)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SmsChallenge._meta.db_table}")
        row = str(cursor.fetchall())

    secrets = (code, MOBILE, "林示例", ID_NUMBER[-6:])
    assert [secret for secret in secrets if secret in row] == []


def test_message_is_emptied_when_it_has_been_sent(monkeypatch):
    sent = []

    class Phone:
        def send(self, **message: str) -> None:
            sent.append(message["text"])

    monkeypatch.setattr("beian.actions.notices.port", lambda _name: Phone())
    opened(PRINCIPAL)

    relay_notices()

    assert [("BA20261124-0001" in text, "2026-11-25 10:26" in text) for text in sent] == [
        (True, True)
    ]
    assert Notice.objects.get(template="ministry_code").body == ""


def test_both_must_verify():
    first, second = opened()

    outcome = attempt(first.pk, right(first))
    assert (outcome.result, all_verified(OWNER, 1)) == ("verified", False)

    outcome = attempt(second.pk, right(second, WEBMASTER))
    assert (outcome.result, all_verified(OWNER, 1)) == ("all_verified", True)


def test_nobody_is_verified_before_anybody_was_texted():
    assert all_verified(OWNER, 1) is False


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"mobile": OTHER_MOBILE}, ("mobile",)),
        ({"tail": "000000"}, ("tail",)),
        ({"tail": ""}, ("tail",)),
        ({"tail": ID_NUMBER}, ("tail",)),
        ({"code": ""}, ("code",)),
        ({"mobile": OTHER_MOBILE, "tail": "000000"}, ("mobile", "tail")),
    ],
)
def test_wrong_part_is_named(change, wrong):
    [challenge] = opened(PRINCIPAL)
    entry = right(challenge)

    outcome = attempt(challenge.pk, Entry(**{**vars(entry), **change}))

    assert outcome == Outcome(AttemptResult.WRONG, wrong, left=4)


def test_wrong_entries_count_across_all_three_parts():
    [challenge] = opened(PRINCIPAL)
    entry = right(challenge)
    wrong = [
        Entry(entry.mobile, other_code(entry.code), entry.tail),
        Entry(OTHER_MOBILE, entry.code, entry.tail),
        Entry(entry.mobile, entry.code, "00000X"),
    ]

    outcomes = [attempt(challenge.pk, item) for item in wrong]

    assert [outcome.left for outcome in outcomes] == [4, 3, 2]


def test_last_character_may_be_a_small_x():
    person = Recipient(RecipientRole.SUBJECT_PRINCIPAL, "林示例", MOBILE, "33010219850101003X")
    [challenge] = opened(person)

    outcome = attempt(challenge.pk, Entry(MOBILE, code_of(challenge), "01003x"))

    assert outcome.result == "all_verified"


def test_right_entry_after_five_wrong_ones_is_the_sixth_and_returns_the_order():
    [challenge] = opened(PRINCIPAL)

    outcomes = enter_wrong(challenge, 5)
    sixth = attempt(challenge.pk, right(challenge))

    assert [outcome.left for outcome in outcomes] == [4, 3, 2, 1, 0]
    assert (sixth.result, all_verified(OWNER, 1)) == ("returns_order", False)


def test_wrong_entry_after_five_wrong_ones_returns_the_order():
    [challenge] = opened(PRINCIPAL)

    assert [outcome.result for outcome in enter_wrong(challenge, 6)] == ["wrong"] * 5 + [
        "returns_order"
    ]


def test_after_the_sixth_everything_is_refused():
    [challenge] = opened(PRINCIPAL)
    enter_wrong(challenge, 6)

    outcome = attempt(challenge.pk, right(challenge))

    assert outcome == Outcome(AttemptResult.REFUSED, code="closed")
    with pytest.raises(ResendRefused, match="closed"):
        resend(challenge.pk)


def test_right_entry_before_the_sixth_clears_the_count():
    [challenge] = opened(PRINCIPAL)
    enter_wrong(challenge, 4)

    outcome = attempt(challenge.pk, right(challenge))

    challenge.refresh_from_db()
    assert (outcome.result, challenge.wrong_count) == ("all_verified", 0)


def test_count_of_one_person_is_not_that_of_the_other():
    first, second = opened()
    enter_wrong(first, 5)

    assert attempt(second.pk, right(second, WEBMASTER)).result == "verified"


def test_resend_voids_the_older_code():
    [challenge] = opened(PRINCIPAL)
    old = right(challenge)

    resend(challenge.pk)

    if old.code != code_of(challenge):
        assert attempt(challenge.pk, old).wrong == ("code",)
    assert attempt(challenge.pk, right(challenge)).result == "all_verified"


def test_resend_neither_restarts_the_window_nor_clears_the_count(at):
    [challenge] = opened(PRINCIPAL)
    enter_wrong(challenge, 3)
    at(START + timedelta(hours=10))

    again = resend(challenge.pk)

    assert (again.due_at, again.wrong_count, again.sent_at) == (
        DUE,
        3,
        START + timedelta(hours=10),
    )


def test_three_sends_in_total():
    [challenge] = opened(PRINCIPAL)

    lefts = [resend(challenge.pk).sends_left, resend(challenge.pk).sends_left]

    assert lefts == [1, 0]
    with pytest.raises(ResendRefused, match="spent"):
        resend(challenge.pk)
    assert Notice.objects.filter(template="ministry_code").count() == 3


def test_limits_of_the_province_hold():
    for name, value in (("sms.total_sends", 4), ("sms.wrong_attempts_allowed", 2)):
        SettingOverride.objects.create(name=name, province="33", value=value, reason="test")
    forget_overrides()
    try:
        [challenge] = opened(PRINCIPAL)
    finally:
        SettingOverride.objects.all().delete()
        forget_overrides()

    assert (challenge.sends_left, challenge.wrong_left) == (3, 2)
    assert [outcome.result for outcome in enter_wrong(challenge, 3)] == [
        "wrong",
        "wrong",
        "returns_order",
    ]


def test_code_lives_until_the_last_instant_of_the_window(at):
    [challenge] = opened(PRINCIPAL)

    at(DUE - timedelta(microseconds=1))

    assert attempt(challenge.pk, right(challenge)).result == "all_verified"


@pytest.mark.parametrize("late", [timedelta(), timedelta(seconds=1)])
def test_code_is_dead_from_the_due_second_on_without_any_sweep(at, late):
    [challenge] = opened(PRINCIPAL)
    at(DUE + late)

    outcome = attempt(challenge.pk, right(challenge))

    assert outcome == Outcome(AttemptResult.REFUSED, code="expired")
    with pytest.raises(ResendRefused, match="expired"):
        resend(challenge.pk)


def test_late_wrong_entries_do_not_count(at):
    [challenge] = opened(PRINCIPAL)
    at(DUE)

    enter_wrong(challenge, 6)

    challenge.refresh_from_db()
    assert (challenge.wrong_count, challenge.exhausted_at) == (0, None)


def test_verified_person_cannot_verify_again_or_ask_for_a_code():
    first, _second = opened()
    entry = right(first)
    attempt(first.pk, entry)

    assert attempt(first.pk, entry) == Outcome(AttemptResult.REFUSED, code="verified")
    with pytest.raises(ResendRefused, match="verified"):
        resend(first.pk)


def test_closed_challenge_takes_no_entry():
    [challenge] = opened(PRINCIPAL)

    assert close_challenges(OWNER) == 1

    assert attempt(challenge.pk, right(challenge)).code == "closed"


def test_second_hand_over_of_a_round_asks_everybody_again():
    first, second = opened()
    attempt(first.pk, right(first))
    attempt(second.pk, right(second, WEBMASTER))

    fresh, _other = opened()

    assert all_verified(OWNER, 1) is False
    assert attempt(first.pk, right(first)).result == "refused"
    assert attempt(fresh.pk, right(fresh)).result == "verified"


def test_code_of_another_person_does_not_fit():
    first, second = opened()
    entry = right(second, WEBMASTER)

    outcome = attempt(first.pk, Entry(MOBILE, entry.code, ID_NUMBER[-6:]))

    assert outcome.wrong == (() if entry.code == code_of(first) else ("code",))


def test_database_keeps_one_open_challenge_per_mobile():
    [challenge] = opened(PRINCIPAL)

    challenge.pk = uuid.uuid4()
    with (
        pytest.raises(IntegrityError, match=r"challenge_once_per_mobile|mobile_digest"),
        transaction.atomic(),
    ):
        challenge.save(force_insert=True)


def test_database_refuses_a_count_beyond_the_limit():
    [challenge] = opened(PRINCIPAL)

    rows = SmsChallenge.objects.filter(pk=challenge.pk)
    with pytest.raises(IntegrityError, match="challenge_counts_bounded"), transaction.atomic():
        rows.update(wrong_count=6)
