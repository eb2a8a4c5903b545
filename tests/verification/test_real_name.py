"""Real-name verification of an account: asked for on a page, answered by a worker."""

import pytest
import time_machine

from beian.enums import RealNameState
from beian.models import Account, AuditEntry, ConsentRecord, Notice
from beian.ports.base import DeliveryFailed, RealNameAnswer
from tests.agreeing import real_name_tick
from tests.builders import COMPANY, CREDIT_CODE, client_of, make_applicant, post
from verification.actions import real_name
from verification.tasks import answer_real_name_requests

URL = "/account/real-name/"
FORM = {"holder": "unit", "name": COMPANY, "cert_number": CREDIT_CODE, **real_name_tick()}

pytestmark = pytest.mark.django_db


class Checker:
    """Answers as told and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def check(self, **question):
        self.asked.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, DeliveryFailed):
            raise answer
        return answer


@pytest.fixture
def answers(monkeypatch):
    def use(*given):
        checker = Checker(*given)
        monkeypatch.setattr(real_name, "port", lambda name: {"real_name": checker}[name])
        return checker

    return use


def ask(applicant=None):
    applicant = applicant or make_applicant(is_verified=False)
    client = client_of(applicant.user)
    return applicant.account, client, post(client, URL, FORM)


def test_request_is_taken_and_waits_for_the_worker():
    account, client, answer = ask()

    account.refresh_from_db()
    assert (answer.url, account.real_name_state) == (URL, RealNameState.PENDING)
    assert (account.real_name, account.real_name_certificate) == (COMPANY, CREDIT_CODE)
    page = client.get(URL).content.decode()
    assert "正在核对" in page
    assert CREDIT_CODE not in page


def test_sixth_request_within_an_hour_has_to_wait(answers):
    applicant = make_applicant(is_verified=False)
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        client = client_of(applicant.user)
        for _number in range(5):
            answers(RealNameAnswer("mismatch", "名称与证件号码不一致"))
            assert post(client, URL, FORM).status_code == 302
            answer_real_name_requests()
        page = post(client, URL, FORM)

    applicant.account.refresh_from_db()
    assert "操作过于频繁，请在" in page.text
    assert CREDIT_CODE in page.text
    assert applicant.account.real_name_state == RealNameState.REFUSED
    assert ConsentRecord.objects.count() == 5


def test_consent_to_certificate_data_is_kept_with_the_request():
    ask()

    assert ConsentRecord.objects.values_list("purpose", "is_consent").get() == (
        "certificate_data",
        True,
    )


def test_match_verifies_the_account_tells_it_and_asks_for_its_resources(answers):
    account, _client, _answer = ask()
    checker = answers(RealNameAnswer("match"))

    assert answer_real_name_requests() == 1

    account.refresh_from_db()
    assert account.is_real_name_verified
    assert account.inventory_requested_at is not None
    assert checker.asked[0]["cert_number"] == CREDIT_CODE
    assert Notice.objects.get().subject == "账号实名认证已通过"


def test_mismatch_refuses_and_the_page_offers_to_try_again(answers):
    account, client, _answer = ask()
    answers(RealNameAnswer("mismatch", "姓名与证件号码不一致"))

    answer_real_name_requests()

    account.refresh_from_db()
    assert account.real_name_state == RealNameState.REFUSED
    assert "名称与证件号码不一致" in client.get(URL).content.decode()
    assert post(client, URL, FORM).url == URL
    account.refresh_from_db()
    assert account.real_name_state == RealNameState.PENDING


@pytest.mark.parametrize(
    "failure",
    [DeliveryFailed("HTTP 503"), RealNameAnswer("unavailable")],
    ids=["no answer", "service says unavailable"],
)
def test_unavailable_service_is_asked_again_later(answers, failure):
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        account, _client, _answer = ask()
        checker = answers(failure, RealNameAnswer("match"))
        assert answer_real_name_requests() == 0
        assert answer_real_name_requests() == 0
    account.refresh_from_db()
    assert (account.real_name_state, len(checker.asked)) == (RealNameState.PENDING, 1)

    with time_machine.travel("2026-11-23 09:00:30Z", tick=False):
        assert answer_real_name_requests() == 1

    assert len({question["request_id"] for question in checker.asked}) == 1


def test_service_that_hangs_is_asked_once_for_all_and_the_others_come_first(answers):
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        for number in (34, 35):
            phone = f"138000000{number}"
            ask(make_applicant(is_verified=False, phone=phone, account_name=f"示例{number}"))
        checker = answers(
            DeliveryFailed("timeout"), RealNameAnswer("match"), RealNameAnswer("match")
        )
        assert answer_real_name_requests() == 0
        assert answer_real_name_requests() == 0

    with time_machine.travel("2026-11-23 09:00:30Z", tick=False):
        assert answer_real_name_requests() == 2
    first, second, third = [question["request_id"] for question in checker.asked]
    assert (first == third, first == second) == (True, False)


def test_what_the_service_was_given_is_in_the_audit_trail_and_holds_no_data(answers):
    account, _client, _answer = ask()
    answers(RealNameAnswer("match"))
    answer_real_name_requests()

    entry = AuditEntry.objects.get(action="give_to_real_name_provider")
    assert (entry.object_id, entry.field, entry.purpose) == (
        str(account.pk),
        "real_name,real_name_certificate",
        "real_name",
    )


def test_account_another_worker_has_taken_is_not_asked_about(answers):
    account, _client, _answer = ask()
    seen = Account.objects.get(pk=account.pk)
    checker = answers(RealNameAnswer("unknown"), RealNameAnswer("match"))
    answer_real_name_requests()

    assert real_name._answer(seen) is False
    assert len(checker.asked) == 1


def test_answer_to_a_request_that_was_decided_meanwhile_changes_nothing(answers):
    account, _client, _answer = ask()
    stale = Account.objects.get(pk=account.pk)
    answers(RealNameAnswer("mismatch"))
    answer_real_name_requests()

    assert real_name._decide(stale, RealNameAnswer("match")) is False

    account.refresh_from_db()
    assert account.real_name_state == RealNameState.REFUSED
    assert Notice.objects.count() == 1


def test_verified_account_is_not_asked_again():
    applicant = make_applicant()

    _account, _client, answer = ask(applicant)

    assert answer.context["form"].non_field_errors() == ["实名认证已提交或已通过，不需要再次提交"]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        (
            {"cert_number": CREDIT_CODE[:-1]},
            {"cert_number": ["统一社会信用代码为 18 位，您填写了 17 位，请对照证件逐位核对"]},
        ),
        (
            {"holder": "person", "cert_number": "3301021985010100"},
            {"cert_number": ["居民身份证号码为 18 位，您填写了 16 位，请对照身份证逐位核对"]},
        ),
        (
            {"holder": "person_other", "cert_number": "E123"},
            {
                "cert_number": [
                    "通行证、居住证、护照或永久居留身份证的号码为 5 至 18 位，请对照证件逐位核对"
                ]
            },
        ),
        (
            {"cert_number": "示例字第1号"},
            {"cert_number": ["证件号码只能包含字母和数字，请对照证件逐位核对"]},
        ),
        ({"consent": ""}, {"consent": ["请勾选“我同意平台为实名认证处理上述证件信息”后再继续"]}),
    ],
    ids=["credit code", "resident ID", "passport", "no code", "no consent"],
)
def test_incomplete_request_names_the_remedy(change, errors):
    applicant = make_applicant(is_verified=False)

    answer = post(client_of(applicant.user), URL, FORM | change)

    assert answer.context["form"].errors == errors
    applicant.account.refresh_from_db()
    assert applicant.account.real_name_state == RealNameState.UNVERIFIED


def test_account_page_masks_the_phone_and_shows_role_and_state():
    applicant = make_applicant(is_verified=False, phone="13800000034")

    page = client_of(applicant.user).get("/account/").content.decode()

    assert [
        text for text in ("示例科技", "138******34", "主账号", "未实名认证") if text in page
    ] == [
        "示例科技",
        "138******34",
        "主账号",
        "未实名认证",
    ]
    assert "13800000034" not in page


@pytest.mark.parametrize(
    ("holder", "number"),
    [
        ("person_other", "H12345678"),
        ("person_other", "E12345678"),
        ("unit_other", "宗场证字（浙）A000000001号"),
    ],
)
def test_holder_of_another_certificate_can_ask(holder, number):
    applicant = make_applicant(is_verified=False)
    data = FORM | {"holder": holder, "cert_number": number}

    answer = post(client_of(applicant.user), URL, data)

    assert answer.status_code == 302
    account = Account.objects.get(pk=applicant.account.pk)
    assert (account.real_name_state, account.real_name_certificate) == ("pending", number)
