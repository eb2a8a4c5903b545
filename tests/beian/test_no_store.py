"""What was shown to somebody who is signed in is kept by no cache; public pages may be."""

import pytest
from django.urls import reverse

from tests.builders import client_of, make_applicant, make_order
from tests.life import make_ready_order
from tests.orders.builders_filings import make_filed_order
from tests.orders.desk_stage import make_desk
from tests.orders.person_phone import opened_page

pytestmark = pytest.mark.django_db
STEPS = ("subject", "website", "subject-principal")


def directives(response) -> set[str]:
    return {word for word in response.headers.get("Cache-Control", "").split(", ") if word}


def is_kept_by_nobody(response) -> bool:
    return {"private", "no-store"} <= directives(response) and "public" not in directives(response)


@pytest.mark.parametrize("step", STEPS)
def test_pages_of_the_wizard_are_not_stored(step):
    applicant = make_applicant()
    order = make_order(applicant)

    page = client_of(applicant.user).get(reverse("orders:step", args=[order.pk, step]))

    assert page.status_code == 200
    assert is_kept_by_nobody(page)


@pytest.mark.parametrize("name", ["check", "order", "tasks", "truthfulness"])
def test_pages_of_an_order_are_not_stored(name):
    applicant = make_applicant()
    order = make_order(applicant)

    page = client_of(applicant.user).get(reverse(f"orders:{name}", args=[order.pk]))

    assert page.status_code == 200
    assert is_kept_by_nobody(page)


def test_certificate_is_not_stored():
    applicant = make_applicant()
    order = make_filed_order(applicant)

    page = client_of(applicant.user).get(reverse("orders:certificate", args=[order.pk]))

    assert page.status_code == 200
    assert is_kept_by_nobody(page)


@pytest.mark.parametrize("name", ["reveal", "case"])
def test_pages_of_the_desk_are_not_stored(name):
    desk = make_desk()

    page = desk.client.get(f"{desk.url(name)}?path=subject.principal.cert_number")

    assert page.status_code == 200
    assert is_kept_by_nobody(page)


def test_refusals_and_public_pages_with_a_name_on_them_are_not_stored():
    client = client_of(make_applicant().user)

    assert is_kept_by_nobody(client.get(reverse("public:home")))
    assert is_kept_by_nobody(client.get(reverse("orders:queue")))


def test_session_of_a_responsible_person_is_not_stored(client):
    order = make_ready_order(make_applicant(), is_recognised=False)
    opened_page(client, order)

    assert is_kept_by_nobody(client.get(reverse("public:privacy")))


def test_signing_out_is_not_stored_either():
    client = client_of(make_applicant().user)

    answer = client.post(reverse("verification:sign-out"), {"idempotency_key": "a" * 32})

    assert answer.status_code == 302
    assert is_kept_by_nobody(answer)


@pytest.mark.parametrize("name", ["public:home", "public:help", "public:privacy"])
def test_public_pages_may_be_stored(client, name):
    assert "no-store" not in directives(client.get(reverse(name)))
