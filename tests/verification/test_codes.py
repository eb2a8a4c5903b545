"""Portal codes: six digits, ten minutes, the newest only, once."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from beian.enums import Channel, NoticeState
from beian.limits import LimitReached
from beian.models import Notice
from tests.builders import make_applicant
from tests.verification.reading import code_sent_to, texts_to, wrong_code
from verification.actions.codes import CodeRefused, check_code, send_code
from verification.actions.proofs import is_proved, prove_contact
from verification.enums import CodePurpose
from verification.models import ContactCode
from verification.tasks import tidy

PHONE = "13800000034"
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
TO_PHONE = {"purpose": CodePurpose.CONTACT, "channel": Channel.SMS, "address": PHONE}


def at(seconds: float):
    """The moment `seconds` after the start of a test, standing still."""
    return time_machine.travel(START + timedelta(seconds=seconds), tick=False)


@pytest.mark.django_db
def test_right_code_is_accepted_once():
    send_code(**TO_PHONE)
    code = code_sent_to(PHONE)

    check_code(**TO_PHONE, code=code)

    with pytest.raises(CodeRefused) as refused:
        check_code(**TO_PHONE, code=code)
    assert refused.value.code == "none"


@pytest.mark.django_db
def test_code_text_is_in_both_languages_and_names_purpose_and_life():
    send_code(**TO_PHONE)

    code = code_sent_to(PHONE)
    assert texts_to(PHONE) == [
        f"验证码 {code}，用于在备案通确认您是网站备案的联系人，10 分钟内有效。"
        "您的姓名、证件信息和联系方式将由示例云数据（杭州）有限公司用于备案核对和短信核验，"
        "并提供给工业和信息化部及省通信管理局，"
        "详见 http://127.0.0.1:8000/privacy/#contact_notice 。"
        "如您不知情或不同意，请勿把验证码告诉他人。\n"
        f"{code} confirms in Beiantong that you are a contact of a website filing, valid for"
        " 10 minutes. Shili Cloud Data (Hangzhou) Co., Ltd. (sample) uses your name, certificate"
        " data and contacts for the check and the SMS verification and gives them to the ministry"
        " and the provincial administration: http://127.0.0.1:8000/privacy/#contact_notice ."
        " If you did not know or do not agree, tell nobody the code."
    ]


@pytest.mark.django_db
def test_code_is_sent_as_a_secret_notice_and_kept_as_a_digest_only():
    send_code(**TO_PHONE)

    notice = Notice.objects.get()
    assert (notice.is_secret, notice.state) == (True, NoticeState.QUEUED)
    kept = ContactCode.objects.values().get()
    assert code_sent_to(PHONE) not in {str(value) for value in kept.values()}


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "is_alive"), [(599.999, True), (600, False)])
def test_code_is_dead_the_instant_it_is_due(seconds, is_alive):
    with at(0):
        send_code(**TO_PHONE)
    code = code_sent_to(PHONE)

    with at(seconds):
        if is_alive:
            check_code(**TO_PHONE, code=code)
        else:
            with pytest.raises(CodeRefused) as refused:
                check_code(**TO_PHONE, code=code)
            assert refused.value.code == "expired"


@pytest.mark.django_db
@pytest.mark.parametrize(("wrong_count", "outcome"), [(4, "accepted"), (5, "too_many")])
def test_code_dies_after_five_wrong_entries(wrong_count, outcome):
    send_code(**TO_PHONE)
    code = code_sent_to(PHONE)
    for _attempt in range(wrong_count):
        with pytest.raises(CodeRefused, match="wrong"):
            check_code(**TO_PHONE, code=wrong_code(code))

    if outcome == "accepted":
        check_code(**TO_PHONE, code=code)
    else:
        with pytest.raises(CodeRefused, match="too_many"):
            check_code(**TO_PHONE, code=code)


@pytest.mark.django_db
def test_newer_code_replaces_the_older_one_and_its_wrong_entries():
    with at(0):
        send_code(**TO_PHONE)
    older = code_sent_to(PHONE)
    with at(60):
        for _attempt in range(5):
            with pytest.raises(CodeRefused):
                check_code(**TO_PHONE, code=wrong_code(older))
        send_code(**TO_PHONE)
        newer = code_sent_to(PHONE)
        if older != newer:
            with pytest.raises(CodeRefused, match="wrong"):
                check_code(**TO_PHONE, code=older)

        check_code(**TO_PHONE, code=newer)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other",
    [
        {"purpose": CodePurpose.SIGN_IN},
        {"address": "13800000035"},
        {"owner": uuid.UUID(int=2)},
        {"owner": None},
    ],
    ids=["purpose", "address", "order", "no order"],
)
def test_code_opens_nothing_else(other):
    wanted = {**TO_PHONE, "owner": uuid.UUID(int=1)}
    send_code(**wanted)
    code = code_sent_to(PHONE)

    with pytest.raises(CodeRefused):
        check_code(**{**wanted, **other}, code=code)
    check_code(**wanted, code=code)


@pytest.mark.django_db
def test_code_by_mail_goes_to_the_mailbox():
    to_mail = {
        "purpose": CodePurpose.CONTACT,
        "channel": Channel.MAIL,
        "address": "lin@example.com",
    }
    send_code(**to_mail)

    assert (
        Notice.objects.get().subject
        == "确认备案联系方式的验证码 / Code to confirm a filing contact"
    )
    check_code(**to_mail, code=code_sent_to("lin@example.com"))


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "is_sent"), [(59, False), (60, True)])
def test_second_send_waits_sixty_seconds(seconds, is_sent):
    with at(0):
        send_code(**TO_PHONE)

    with at(seconds):
        if is_sent:
            send_code(**TO_PHONE)
        else:
            with pytest.raises(LimitReached):
                send_code(**TO_PHONE)
    assert len(texts_to(PHONE)) == (2 if is_sent else 1)


@pytest.mark.django_db
def test_sends_per_phone_are_limited_whatever_the_purpose():
    for number in range(10):
        with at(number * 60):
            send_code(**{**TO_PHONE, "owner": uuid.UUID(int=number)})

    with at(660), pytest.raises(LimitReached) as refused:
        send_code(**{**TO_PHONE, "purpose": CodePurpose.SIGN_IN})
    assert refused.value.scope == "code.recipient"


@pytest.mark.django_db
def test_sends_per_account_are_limited():
    account = make_applicant().account
    for number in range(30):
        send_code(**{**TO_PHONE, "address": f"138000001{number:02d}"}, account=account)

    with pytest.raises(LimitReached) as refused:
        send_code(**{**TO_PHONE, "address": "13800000200"}, account=account)
    assert refused.value.scope == "code.account"


@pytest.mark.django_db
def test_sends_per_network_address_are_limited():
    for number in range(60):
        send_code(
            **{**TO_PHONE, "address": f"138000001{number:02d}"}, source_address="198.51.100.7"
        )

    with pytest.raises(LimitReached) as refused:
        send_code(**{**TO_PHONE, "address": "13800000200"}, source_address="198.51.100.7")
    assert refused.value.scope == "code.source"


@pytest.mark.django_db
def test_proof_holds_for_the_proved_address_of_the_same_owner_only():
    owner, other = uuid.uuid4(), uuid.uuid4()

    prove_contact(owner, Channel.SMS, PHONE)
    prove_contact(owner, Channel.SMS, PHONE)

    assert is_proved(owner, Channel.SMS, "+86 138 0000 0034")
    assert not is_proved(owner, Channel.SMS, "13800000035")
    assert not is_proved(owner, Channel.MAIL, PHONE)
    assert not is_proved(other, Channel.SMS, PHONE)
    assert not is_proved(owner, Channel.SMS, "")


def _try(code: str) -> str:
    try:
        check_code(**TO_PHONE, code=code)
    except CodeRefused as refused:
        return refused.code
    finally:
        connection.close()
    return "accepted"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_racing_guesses_get_no_extra_attempts():
    send_code(**TO_PHONE)
    code = code_sent_to(PHONE)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(_try, [wrong_code(code)] * 60))

    assert (answers.count("wrong"), answers.count("too_many")) == (5, 55)
    assert _try(code) == "too_many"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_racing_uses_of_the_right_code_succeed_once():
    send_code(**TO_PHONE)
    code = code_sent_to(PHONE)

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(_try, [code] * 40))

    assert answers.count("accepted") == 1


@pytest.mark.django_db
def test_dead_code_is_called_expired_for_a_day_and_then_deleted():
    with at(0):
        send_code(**TO_PHONE)
    minutes = 10 * 60

    with at(minutes + 24 * 3600):
        assert tidy() == 0
        with pytest.raises(CodeRefused) as refused:
            check_code(**TO_PHONE, code="000000")
        assert refused.value.code == "expired"

    with at(minutes + 24 * 3600 + 1):
        assert tidy() == 1
    assert not ContactCode.objects.exists()
