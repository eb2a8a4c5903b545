"""Which language holds after sign-in: the one chosen in this visit, else the one of the user."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from beian.models import User
from tests.builders import make_applicant, make_staff, post
from tests.verification.reading import code_sent_to

PHONE = "13800000034"
OTHER_PHONE = "13800000035"
STAFF_PASSWORD = "a long demo password"

pytestmark = pytest.mark.django_db


def choose(client, language):
    post(client, reverse("public:set-language"), {"language": language, "next": "/help/"})


def sign_in(client, phone=PHONE):
    post(client, "/sign-in/", {"phone": phone})
    return post(client, "/sign-in/code/", {"code": code_sent_to(phone)})


def language_of_page(client):
    page = client.get("/help/").content.decode()
    return "en" if '<html lang="en">' in page else "zh-hans"


def new_visit(client):
    """The browser was closed: cookies without an end are gone, the others stay."""
    for name in [name for name, cookie in client.cookies.items() if not cookie["max-age"]]:
        del client.cookies[name]


@pytest.fixture
def applicant():
    return make_applicant(phone=PHONE)


def test_language_chosen_before_sign_in_holds_and_is_stored(applicant):
    client = Client()
    choose(client, "en")

    sign_in(client)

    applicant.user.refresh_from_db()
    assert applicant.user.language == "en"
    assert language_of_page(client) == "en"


def test_without_a_choice_in_this_visit_the_stored_language_holds(applicant):
    User.objects.update(language="en")
    client = Client()
    assert language_of_page(client) == "zh-hans"

    sign_in(client)

    assert language_of_page(client) == "en"


def test_choice_of_an_earlier_visit_does_not_change_the_user(applicant):
    client = Client()
    choose(client, "en")
    new_visit(client)
    assert language_of_page(client) == "en"

    sign_in(client)

    applicant.user.refresh_from_db()
    assert applicant.user.language == "zh-hans"
    assert language_of_page(client) == "zh-hans"


def test_choice_is_used_up_by_the_first_who_signs_in(applicant):
    other = make_applicant(phone=OTHER_PHONE, account_name="示例二")
    client = Client()
    choose(client, "en")
    sign_in(client)
    post(client, reverse("verification:sign-out"))

    sign_in(client, OTHER_PHONE)

    other.user.refresh_from_db()
    assert other.user.language == "zh-hans"
    assert language_of_page(client) == "zh-hans"


def test_last_of_several_choices_holds(applicant):
    client = Client()
    choose(client, "en")
    choose(client, "zh-hans")

    sign_in(client)

    applicant.user.refresh_from_db()
    assert applicant.user.language == "zh-hans"


def test_forged_choice_is_ignored(applicant):
    client = Client()
    client.cookies["chosen_language"] = "xx"

    response = sign_in(client)

    applicant.user.refresh_from_db()
    assert applicant.user.language == "zh-hans"
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "zh-hans"


def test_staff_keep_the_language_they_chose_on_the_way_in(change_setting):
    change_setting("staff.second_factor", False)
    staff = make_staff("reviewer")
    client = Client()
    choose(client, "en")

    post(
        client,
        reverse("verification:staff-sign-in"),
        {"username": "reviewer-1", "password": STAFF_PASSWORD},
    )

    staff.user.refresh_from_db()
    assert staff.user.language == "en"
