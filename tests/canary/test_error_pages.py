"""Error pages about an order, and what is logged with them, name nobody."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import client_of, make_staff, post
from tests.canary.applicant import ApplicantAtWork, the_order
from tests.canary.canaries import found_in
from tests.canary.people import EDITOR, LEGAL, SEEDED, WORDS, person_page
from tests.canary.scans import captured_log

pytestmark = pytest.mark.django_db

TYPED = {**person_page(EDITOR), "version": "1", "text": WORDS, "opinion": WORDS}


@pytest.fixture
def applicant(settings, tmp_path) -> Client:
    """Signed in, with an order in which everything is filled in."""
    settings.FILES_DIR = tmp_path / "files"
    applicant = ApplicantAtWork()
    applicant.fill_in()
    applicant.browser.raise_request_exception = False
    return applicant.browser


def step_url() -> str:
    return reverse("orders:step", args=[the_order().pk, "service-principal"])


def key_of_another_page(client: Client) -> Any:
    key = {"idempotency_key": uuid.uuid4().hex}
    page = reverse("orders:step", args=[the_order().pk, "website"])
    client.post(page, {**key, "version": "1", "action": "leave"})
    return client.post(step_url(), {**key, **TYPED})


def failure_while_saving(client: Client, monkeypatch) -> Any:
    def fail(*_given, **_more):
        raise RuntimeError(f"cannot store {WORDS}")

    monkeypatch.setattr("orders.views.apply.save_page", fail)
    return post(client, step_url(), TYPED)


def test_error_pages_about_an_order_name_nobody(applicant, monkeypatch):
    auditor = client_of(make_staff("auditor").user)
    decide = reverse("orders:case-act", args=[the_order().pk, "reject"])
    with captured_log() as log:
        answers = [
            applicant.post(step_url(), TYPED),
            post(auditor, decide, TYPED),
            post(applicant, reverse("orders:step", args=[uuid.uuid4(), "website"]), TYPED),
            applicant.put(step_url(), TYPED),
            key_of_another_page(applicant),
            failure_while_saving(applicant, monkeypatch),
        ]
        applicant.get(f"/nowhere/{LEGAL.full_name}/{LEGAL.mobile}/")

    assert [answer.status_code for answer in answers] == [400, 403, 404, 405, 409, 500]
    assert [line for page in answers for line in found_in(page.text, SEEDED, "page")] == []
    assert found_in(log.getvalue(), SEEDED, "log") == []
    assert "RuntimeError" in log.getvalue()
    assert "Not Found: /nowhere/[text]/[phone]/" in log.getvalue()
