"""Signing in with a phone code; staff with password and one-time password."""

import uuid

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from beian import actors
from beian import settings as product_settings
from beian.actions.site_settings import override_setting
from beian.models import AuditEntry, IdempotencyKey
from beian.site_settings.lookup import forget_overrides
from tests.builders import client_of, make_applicant, make_staff, post
from tests.pages import without_tokens
from tests.verification.reading import code_sent_to, texts_to, wrong_code
from verification.models import SecondFactor
from verification.one_time_password import current_code

PHONE = "13800000034"
UNKNOWN = "13800000099"
SIGN_IN, CODE = "/sign-in/", "/sign-in/code/"
ACCOUNT = "/account/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def settings_row():
    """Change a site setting for one test."""

    def change(name, value):
        override_setting(actors.SYSTEM, name=name, value=value, reason="test")
        forget_overrides()

    yield change
    forget_overrides()


def signed_in_user(client):
    return int(client.session["_auth_user_id"]) if "_auth_user_id" in client.session else None


def test_person_signs_in_with_the_code_sent_to_the_phone():
    applicant = make_applicant(phone=PHONE)
    client = Client()

    asked = post(client, f"{SIGN_IN}?next={ACCOUNT}", {"phone": "138 0000 0034"})
    assert (asked.status_code, asked.url) == (302, CODE)
    entered = post(client, CODE, {"code": code_sent_to(PHONE)})

    assert (entered.status_code, entered.url) == (302, ACCOUNT)
    assert signed_in_user(client) == applicant.user.pk
    assert client.get(ACCOUNT).status_code == 200
    assert AuditEntry.objects.values_list("action", "result").get() == ("sign_in", "ok")


def test_session_gets_a_new_key_on_sign_in_and_keeps_no_phone():
    make_applicant(phone=PHONE)
    client = Client()
    post(client, SIGN_IN, {"phone": PHONE})
    before = client.session.session_key

    post(client, f"{CODE}", {"code": code_sent_to(PHONE)})

    assert client.session.session_key != before
    assert "pending" not in client.session


@pytest.mark.parametrize(
    "foreign",
    ["https://example.com/", "//example.com", "javascript:alert(1)", "/account/?a=" + "1" * 1000],
)
def test_sign_in_never_leads_to_a_foreign_page_or_a_far_too_long_address(foreign):
    make_applicant(phone=PHONE)
    client = Client()
    post(client, f"{SIGN_IN}?next={foreign}", {"phone": PHONE})

    entered = post(client, CODE, {"code": code_sent_to(PHONE)})

    assert entered.url == reverse("orders:my-filings")


def test_unknown_phone_gets_the_same_pages_and_is_told_by_message():
    make_applicant(phone=PHONE)
    pages = {}
    for phone in (PHONE, UNKNOWN):
        client = Client()
        asked = post(client, SIGN_IN, {"phone": phone})
        shown = client.get(CODE)
        refused = post(client, CODE, {"code": "000000"})
        seen = [without_tokens(answer) for answer in (shown, refused)]
        pages[phone] = [asked.status_code, asked.url] + [
            page.replace("138******34", "…").replace("138******99", "…") for page in seen
        ]

    assert pages[PHONE] == pages[UNKNOWN]
    assert "尚未注册" in texts_to(UNKNOWN)[0]


def test_unknown_phone_cannot_sign_in_with_the_digits_of_its_message():
    client = Client()
    post(client, SIGN_IN, {"phone": UNKNOWN})

    answer = post(client, CODE, {"code": "123456"})

    assert (answer.status_code, signed_in_user(client)) == (200, None)


def test_same_limit_holds_for_known_and_unknown_phones():
    make_applicant(phone=PHONE)
    errors = {}
    for phone in (PHONE, UNKNOWN):
        post(Client(), SIGN_IN, {"phone": phone})
        errors[phone] = post(Client(), SIGN_IN, {"phone": phone}).context["form"].errors

    assert errors[PHONE] == errors[UNKNOWN]
    assert errors[PHONE] == {"phone": ["操作过于频繁，请在 1 分钟后再试。"]}


def test_wrong_code_is_explained_beside_the_field():
    make_applicant(phone=PHONE)
    client = Client()
    post(client, SIGN_IN, {"phone": PHONE})

    answer = post(client, CODE, {"code": wrong_code(code_sent_to(PHONE))})

    assert answer.context["form"].errors == {
        "code": ["短信验证码不正确，请输入最新一条短信中的验证码"]
    }
    assert "<title>错误：输入登录验证码" in answer.content.decode()


def test_code_can_be_sent_again_after_a_minute():
    make_applicant(phone=PHONE)
    client = Client()
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        post(client, SIGN_IN, {"phone": PHONE})
        post(client, CODE, {"action": "resend"})
    assert len(texts_to(PHONE)) == 1

    with time_machine.travel("2026-11-23 09:01:00Z", tick=False):
        again = post(client, CODE, {"action": "resend"})

    assert (again.url, len(texts_to(PHONE))) == (CODE, 2)


@pytest.mark.parametrize("phone", [PHONE, UNKNOWN])
def test_number_typed_again_at_once_leads_to_the_code_page_without_a_second_message(phone):
    make_applicant(phone=PHONE)
    client = Client()
    post(client, SIGN_IN, {"phone": phone})

    again = post(client, SIGN_IN, {"phone": phone}, follow=True)

    assert again.redirect_chain == [(CODE, 302)]
    assert "验证码刚刚已发送" in again.content.decode()
    assert len(texts_to(phone)) == 1


def test_other_browser_learns_only_that_it_is_too_soon():
    make_applicant(phone=PHONE)
    post(Client(), SIGN_IN, {"phone": PHONE})

    other = post(Client(), SIGN_IN, {"phone": PHONE})

    assert other.status_code == 200
    assert "操作过于频繁" in other.content.decode()


def test_code_page_without_a_phone_leads_to_the_start():
    assert Client().get(CODE).url == SIGN_IN


def test_inactive_person_is_treated_like_an_unknown_one():
    applicant = make_applicant(phone=PHONE)
    applicant.user.is_active = False
    applicant.user.save()

    post(Client(), SIGN_IN, {"phone": PHONE})

    assert "尚未注册" in texts_to(PHONE)[0]


def test_attempts_to_sign_in_are_limited_per_phone_over_all_codes():
    make_applicant(phone=PHONE)
    errors = []
    for batch in range(5):
        with time_machine.travel(f"2026-11-23 09:{batch:02d}:00Z", tick=False):
            client = Client()
            post(client, SIGN_IN, {"phone": PHONE})
            for _attempt in range(5):
                answer = post(client, CODE, {"code": wrong_code(code_sent_to(PHONE))})
                errors.append(answer.context["form"].errors["code"][0])

    assert errors[19].startswith("短信验证码不正确")
    assert errors[20:] == ["操作过于频繁，请在 57 分钟后再试。"] * 5


def test_attempts_start_afresh_after_a_sign_in(settings_row):
    settings_row("sign_in.attempts_per_hour", 2)
    settings_row("code.resend_seconds", 0)
    make_applicant(phone=PHONE)
    for _session in range(3):
        client = Client()
        post(client, SIGN_IN, {"phone": PHONE})
        post(client, CODE, {"code": wrong_code(code_sent_to(PHONE))})

        answer = post(client, CODE, {"code": code_sent_to(PHONE)})

        assert answer.status_code == 302


def test_post_twice_with_the_same_key_asks_for_one_code():
    make_applicant(phone=PHONE)
    client = Client()
    data = {"phone": PHONE, "idempotency_key": uuid.uuid4().hex}

    first, second = client.post(SIGN_IN, data), client.post(SIGN_IN, data)

    assert (first.url, second.url) == (CODE, CODE)
    assert len(texts_to(PHONE)) == 1
    assert IdempotencyKey.objects.count() == 1


def test_sign_out_ends_the_session():
    client = client_of(make_applicant().user)

    answer = post(client, "/sign-out/")

    assert (answer.url, signed_in_user(client)) == ("/", None)


STAFF = {"username": "reviewer-1", "password": "a long demo password"}


def test_staff_signs_in_with_password_where_no_second_factor_is_wanted(settings_row):
    settings_row("staff.second_factor", False)
    staff = make_staff("reviewer")
    client = Client()

    answer = post(client, "/staff/sign-in/", STAFF)

    assert (answer.url, signed_in_user(client)) == ("/staff/", staff.user.pk)


@pytest.mark.parametrize(
    "wrong",
    [{"username": "nobody"}, {"password": "another long password"}],
    ids=["unknown name", "wrong password"],
)
def test_staff_mistakes_get_one_sentence(wrong):
    make_staff("reviewer")

    answer = post(Client(), "/staff/sign-in/", STAFF | wrong)

    assert answer.context["form"].errors == {
        "password": ["用户名或密码不正确，请核对后重新输入；忘记密码请联系管理员重置"]
    }


def test_passwords_are_kept_with_argon2():
    assert product_settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_password_is_never_shown_again():
    make_staff("reviewer")

    answer = post(Client(), "/staff/sign-in/", STAFF | {"username": "nobody"})

    assert STAFF["password"] not in answer.content.decode()


def test_applicant_cannot_use_the_staff_door():
    make_applicant(phone=PHONE)

    answer = post(Client(), "/staff/sign-in/", {"username": PHONE, "password": ""})

    assert set(answer.context["form"].errors) == {"password"}


def test_staff_enrols_a_generator_on_first_sign_in():
    staff = make_staff("reviewer")
    client = Client()

    asked = post(client, "/staff/sign-in/?next=/desk/", STAFF)
    assert (asked.url, signed_in_user(client)) == ("/staff/second-factor/", None)
    page = client.get(asked.url).content.decode()
    secret = SecondFactor.objects.get().secret
    assert secret[:4] in page
    answer = post(client, asked.url, {"code": current_code(secret)})

    assert (answer.url, signed_in_user(client)) == ("/desk/", staff.user.pk)


def test_secret_of_an_enrolled_generator_is_not_shown_again():
    make_staff("reviewer")
    for _session in range(2):
        client = Client()
        post(client, "/staff/sign-in/", STAFF)
        page = client.get("/staff/second-factor/").content.decode()
        secret = SecondFactor.objects.get().secret
        post(client, "/staff/second-factor/", {"code": current_code(secret)})

    assert (secret[:4] in page, "绑定动态口令" in page) == (False, False)


def test_one_time_password_opens_one_session():
    make_staff("reviewer")
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        first, second = Client(), Client()
        for client in (first, second):
            post(client, "/staff/sign-in/", STAFF)
            client.get("/staff/second-factor/")
        code = current_code(SecondFactor.objects.get().secret)
        post(first, "/staff/second-factor/", {"code": code})

        answer = post(second, "/staff/second-factor/", {"code": code})

    assert answer.context["form"].errors == {
        "code": ["动态口令不正确或已使用，请输入验证器当前显示的口令"]
    }
    assert signed_in_user(second) is None
    refused = AuditEntry.objects.filter(result="refused")
    assert refused.values_list("action", flat=True).get() == "sign_in"


def test_second_factor_page_without_a_password_leads_to_the_start():
    assert Client().get("/staff/second-factor/").url == "/staff/sign-in/"


def test_staff_page_sends_the_signed_out_to_the_staff_door():
    assert Client().get("/staff/").url == "/staff/sign-in/?next=/staff/"
