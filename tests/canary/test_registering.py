"""Seeded phones, certificate numbers and codes stay out of logs, rows, messages and error pages."""

import io
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from beian.actions import notices
from beian.enums import NoticeState
from beian.models import Notice
from tests.agreeing import account_ticks, real_name_tick
from tests.builders import client_of, make_applicant, make_staff, post
from tests.canary.canaries import Canary, found_in
from tests.canary.scans import captured_log, scan_database
from tests.verification.reading import code_sent_to, wrong_code
from verification.actions import real_name
from verification.tasks import answer_real_name_requests

PHONE = "13800000061"
ID_NUMBER = "330102198501010014"
FIXED = [Canary("phone", PHONE), Canary("certificate number", ID_NUMBER)]


class Wire:
    """Stands for the message and real-name providers: what reaches it has left the product."""

    def __init__(self, failure: Exception | None = None):
        self.failure = failure

    def send(self, **_message):
        if self.failure:
            raise self.failure

    check = send


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    with captured_log() as stream:
        yield stream


def use(monkeypatch, wire: Wire) -> None:
    for module in (notices, real_name):
        monkeypatch.setattr(module, "port", lambda _name: wire)


def register(client: Client) -> list[str]:
    """Register as PHONE with one mistake on the way; gives both codes that were typed."""
    post(client, "/register/", {"phone": PHONE})
    code = code_sent_to(PHONE)
    post(client, "/register/code/", {"code": wrong_code(code)})
    post(client, "/register/code/", {"code": code})
    agreed = {"account_name": "示例六一", **account_ticks()}
    post(client, "/register/account/", agreed)
    return [code, wrong_code(code)]


def ask_for_real_name(client: Client) -> None:
    form = {"holder": "person", "name": "林示例", "cert_number": ID_NUMBER, **real_name_tick()}
    assert post(client, "/account/real-name/", form).status_code == 302


@pytest.mark.django_db
def test_database_and_log_hold_no_seeded_value_after_registering(log, monkeypatch):
    client = Client()
    codes = register(client)
    ask_for_real_name(client)
    use(monkeypatch, Wire(notices.DeliveryFailed(f"no route for {PHONE}")))
    answer_real_name_requests()
    notices.relay_notices()
    client.get(f"/nowhere/{PHONE}/")

    wanted = [*FIXED, *(Canary("code", code) for code in codes)]
    assert scan_database(wanted) == []
    assert found_in(log.getvalue(), wanted, "log") == []
    assert "Not Found" in log.getvalue()


@pytest.mark.django_db
def test_code_is_gone_from_its_message_once_sent(monkeypatch):
    register(Client())
    use(monkeypatch, Wire())

    notices.relay_notices()

    assert list(Notice.objects.values_list("state", "body")) == [(NoticeState.SENT, "")]


@pytest.mark.django_db
def test_phone_between_two_pages_is_kept_encrypted():
    client = Client()
    post(client, "/sign-in/", {"phone": PHONE})

    assert "pending" in client.session
    assert scan_database(FIXED) == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/register/"])
def test_failure_tells_the_value_to_nobody(address, log, monkeypatch):
    view = address.strip("/").replace("-", "_")
    action = {"sign_in": "ask_to_sign_in", "register": "ask_to_register"}[view]

    def fail(**_given):
        raise RuntimeError(f"no route to {PHONE} for {ID_NUMBER}")

    monkeypatch.setattr(f"verification.views.{view}.{action}", fail)

    answer = post(Client(raise_request_exception=False), address, {"phone": PHONE})

    assert answer.status_code == 500
    assert found_in(answer.content.decode(), FIXED, "error page") == []
    assert "RuntimeError" in log.getvalue()
    assert found_in(log.getvalue(), FIXED, "log") == []


@pytest.mark.django_db
def test_error_pages_repeat_nothing_that_was_sent():
    typed = {"cert_number": ID_NUMBER, "phone": PHONE}
    applicant = client_of(make_applicant(phone=PHONE).user)
    staff = client_of(make_staff("auditor").user)
    answers = [
        post(applicant, "/nowhere/", typed),
        applicant.post("/account/real-name/", typed),
        post(staff, "/account/real-name/", typed),
        post(applicant, "/account/", typed),
        Client(enforce_csrf_checks=True).post("/sign-in/", typed),
    ]

    assert [answer.status_code for answer in answers] == [404, 400, 403, 405, 403]
    pages = [answer.content.decode() for answer in answers]
    assert [line for page in pages for line in found_in(page, FIXED, "error page")] == []


def test_scheduled_tasks_carry_no_arguments():
    entries = settings.CELERY_BEAT_SCHEDULE.values()

    assert [entry for entry in entries if entry.get("args") or entry.get("kwargs")] == []
