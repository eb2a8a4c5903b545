"""Registering: phone, code, account with agreements."""

import pytest
from django.test import Client

from beian.enums import MembershipRole
from beian.legal_texts import legal_text
from beian.models import Account, ConsentRecord, Membership, User
from tests.agreeing import account_ticks
from tests.builders import make_applicant, post
from tests.pages import without_tokens
from tests.verification.reading import code_sent_to, texts_to

PHONE = "13800000041"
REGISTER, CODE, ACCOUNT = "/register/", "/register/code/", "/register/account/"


def agreed() -> dict[str, str]:
    return {"account_name": "示例科技", **account_ticks()}


pytestmark = pytest.mark.django_db


def browser_with_proved_phone() -> Client:
    client = Client()
    post(client, REGISTER, {"phone": PHONE})
    post(client, CODE, {"code": code_sent_to(PHONE)})
    return client


def test_person_registers_and_is_led_to_the_real_name_check():
    client = Client()

    assert post(client, REGISTER, {"phone": PHONE}).url == CODE
    assert post(client, CODE, {"code": code_sent_to(PHONE)}).url == ACCOUNT
    done = post(client, ACCOUNT, agreed())

    assert done.url == "/account/real-name/"
    member = Membership.objects.select_related("account", "user").get()
    assert (member.account.name, member.user.phone, member.role) == (
        "示例科技",
        PHONE,
        MembershipRole.OWNER,
    )
    assert client.get(done.url).status_code == 200


def test_agreements_are_kept_with_the_version_that_was_shown():
    post(browser_with_proved_phone(), ACCOUNT, agreed())

    kept = ConsentRecord.objects.order_by("purpose").values_list(
        "purpose", "text_version", "text_digest", "is_consent"
    )
    terms, notice = legal_text("account_terms"), legal_text("privacy_notice")
    assert list(kept) == [
        ("account_privacy", notice.version, notice.digest, True),
        ("account_terms", terms.version, terms.digest, True),
    ]


@pytest.mark.parametrize("missing", ["terms", "privacy", "account_name"])
def test_nothing_is_made_without_agreements_and_a_name(missing):
    client = browser_with_proved_phone()

    answer = post(client, ACCOUNT, {key: tick for key, tick in agreed().items() if key != missing})

    assert set(answer.context["form"].errors) == {missing}
    assert User.objects.count() == 0


def test_account_page_needs_a_proved_phone():
    client = Client()
    post(client, REGISTER, {"phone": PHONE})

    answer = post(client, ACCOUNT, agreed())

    assert (answer.url, User.objects.count()) == (REGISTER, 0)


def test_registered_phone_gets_the_same_pages_and_is_told_by_message():
    make_applicant(phone="13800000034")
    pages = []
    for phone, masked in (("13800000034", "138******34"), (PHONE, "138******41")):
        client = Client()
        asked = post(client, REGISTER, {"phone": phone})
        refused = post(client, CODE, {"code": "000000"})
        seen = [without_tokens(client.get(CODE)), without_tokens(refused)]
        pages.append([asked.url, *(page.replace(masked, "…") for page in seen)])

    assert pages[0] == pages[1]
    assert "已有账号" in texts_to("13800000034")[0]


def test_taken_account_name_is_named():
    make_applicant(account_name="示例科技")

    answer = post(browser_with_proved_phone(), ACCOUNT, agreed())

    assert answer.context["form"].errors == {
        "account_name": ["账号名称“示例科技”已被使用，请换一个名称"]
    }


def test_two_browsers_with_one_phone_make_one_account():
    first = browser_with_proved_phone()
    second = Client()
    second.cookies.update(first.cookies)
    post(first, ACCOUNT, agreed())

    answer = post(second, ACCOUNT, agreed() | {"account_name": "示例科技二"})

    assert answer.status_code in {200, 302}
    assert Account.objects.count() == 1


def test_sign_in_code_does_not_register():
    client = Client()
    post(client, "/sign-in/", {"phone": PHONE})

    assert client.get(CODE).url == REGISTER
