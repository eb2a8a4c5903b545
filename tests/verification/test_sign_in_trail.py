"""Every attempt to get in leaves an entry: whom it meant, how it ended, nothing that was typed."""

import pytest
import time_machine
from django.test import Client

from beian.crypto.digests import digest
from beian.middleware.session_life import SEEN
from beian.models import AuditEntry
from tests.builders import client_of, make_applicant, make_staff, post
from tests.verification.reading import code_sent_to, wrong_code
from verification.one_time_password import current_code

pytestmark = pytest.mark.django_db
PHONE, UNKNOWN = "13800000034", "13800000099"
STAFF = {"username": "reviewer-1", "password": "a long demo password"}
DOOR, FACTOR = "/staff/sign-in/", "/staff/second-factor/"


def told() -> list[tuple[str, ...]]:
    rows = AuditEntry.objects.order_by("pk")
    return list(rows.values_list("actor_kind", "action", "object_id", "field", "result"))


def test_wrong_password_names_the_account():
    staff = make_staff("reviewer")

    post(Client(), DOOR, STAFF | {"password": "another long password"})

    assert told() == [("anonymous", "sign_in", str(staff.user.pk), "password", "refused")]
    assert AuditEntry.objects.get().source_address == "127.0.0.1"


def test_name_that_nobody_has_is_kept_as_a_digest():
    typed = "my secret password"
    post(Client(), DOOR, STAFF | {"username": typed})

    meant = digest("staff-name", typed)
    assert told() == [("anonymous", "sign_in", meant, "password", "refused")]


def test_wrong_one_time_password_names_the_account():
    staff = make_staff("reviewer")
    client = Client()
    post(client, DOOR, STAFF)
    client.get(FACTOR)
    right = current_code(staff.user.second_factor.secret)

    post(client, FACTOR, {"code": wrong_code(right)})

    assert told() == [("anonymous", "sign_in", str(staff.user.pk), "one_time_password", "refused")]


@pytest.mark.parametrize("is_known", [True, False])
def test_wrong_code_names_the_applicant_or_the_digest_of_the_phone(is_known):
    applicant = make_applicant(phone=PHONE)
    phone = PHONE if is_known else UNKNOWN
    client = Client()
    post(client, "/sign-in/", {"phone": phone})

    post(client, "/sign-in/code/", {"code": wrong_code(code_sent_to(PHONE) if is_known else "1")})

    meant = str(applicant.user.pk) if is_known else digest("phone", UNKNOWN)
    assert told() == [("anonymous", "sign_in", meant, "code", "refused")]


def test_wrong_code_at_registration_is_told():
    client = Client()
    post(client, "/register/", {"phone": UNKNOWN})

    post(client, "/register/code/", {"code": wrong_code(code_sent_to(UNKNOWN))})

    assert told() == [("anonymous", "register", digest("phone", UNKNOWN), "code", "refused")]


def test_lock_out_is_told_once_an_hour_however_long_somebody_tries(change_setting):
    change_setting("sign_in.attempts_per_hour", 2)
    staff = make_staff("reviewer")
    wrong = STAFF | {"password": "another long password"}
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        answers = [post(Client(), DOOR, wrong) for _attempt in range(6)]

    pk = str(staff.user.pk)
    refused = ("anonymous", "sign_in", pk, "password", "refused")
    assert told() == [refused, refused, ("anonymous", "sign_in", pk, "password", "limit")]
    assert "操作过于频繁" in answers[-1].content.decode()
    with time_machine.travel("2026-11-23 10:01:00Z", tick=False):
        for _attempt in range(3):
            post(Client(), DOOR, wrong)
    assert told()[3:] == told()[:3]


def test_lock_out_of_an_address_is_told_once_for_all_names(change_setting):
    change_setting("sign_in.attempts_per_address_hour", 1)

    for name in ("one", "two", "three"):
        post(Client(), DOOR, STAFF | {"username": name})

    assert [row[-1] for row in told()] == ["refused", "limit"]


def test_sign_in_and_sign_out_of_staff_are_told(change_setting):
    change_setting("staff.second_factor", False)
    staff = make_staff("reviewer")
    client = Client()

    post(client, DOOR, STAFF)
    post(client, "/sign-out/", {})
    post(client, "/sign-out/", {})

    pk = str(staff.user.pk)
    assert told() == [
        ("staff", "sign_in", pk, "", "ok"),
        ("staff", "sign_out", pk, "", "ok"),
    ]
    assert AuditEntry.objects.last().actor_roles == "reviewer"


def test_session_that_was_idle_too_long_is_told_when_it_ends():
    staff = make_staff("reviewer")
    client = client_of(staff.user)
    session = client.session
    session[SEEN] = 0
    session.save()

    client.get("/desk/")
    client.get("/desk/")

    assert told() == [("system", "sign_out", str(staff.user.pk), "", "over")]


def test_password_replaced_between_the_two_steps_ends_the_sign_in():
    staff = make_staff("reviewer")
    client = Client()
    post(client, DOOR, STAFF)
    client.get(FACTOR)
    staff.user.set_password("quite another password")
    staff.user.save()

    answer = post(client, FACTOR, {"code": current_code(staff.user.second_factor.secret)})

    assert (answer.url, "_auth_user_id" in client.session) == (DOOR, False)
