"""Where the page says what is wrong with a contact address, and how it shows what is closed."""

import re

import pytest
from django.urls import reverse

from orders.enums import OrderState
from tests.builders import client_of, make_applicant, post
from tests.orders.ready_order import ready_order, started_order
from tests.orders.test_wizard_walk import SUBJECT

pytestmark = pytest.mark.django_db

OTHER = {"contact_same": "other", "contact_region": "3301"}
DISTRICT = "通讯地址中含有“市辖区”。"
ELSEWHERE = "江苏省南京市玄武区样例路1号"


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def subject_page(client, order, **data) -> str:
    url = reverse("orders:step", args=[order.pk, "subject"])
    if not data:
        return client.get(url).text
    return post(client, url, {"version": order.version, **data}, follow=True).text


def fields_with_errors(page: str) -> list[str]:
    """What the summary of the page leads to."""
    summary = re.search(r'class="error-summary".*?</ul>', page, re.DOTALL)
    return re.findall(r'href="#id_(\w+?)(?:_0)?"', summary[0]) if summary else []


def test_address_that_was_typed_is_complained_of_where_it_was_typed(applicant, client):
    order = started_order(applicant)
    typed = {**OTHER, "contact_address": "市辖区示范路100号3幢401室"}

    page = subject_page(client, order, **SUBJECT | typed)

    assert DISTRICT in page
    assert fields_with_errors(page) == ["contact_address"]


def test_objection_is_offered_beside_that_error(applicant, client):
    order = ready_order(applicant, **{"subject.contact_address": "市辖区示范路100号"})

    page = subject_page(client, order)

    after_the_box = page.partition('name="contact_address"')[2]
    assert page.count("提出异议，由审核员决定") == 1
    assert "提出异议，由审核员决定" in after_the_box.partition('name="remarks"')[0]


def test_address_of_the_certificate_is_complained_of_at_the_choice(applicant, client):
    order = started_order(applicant)

    page = subject_page(client, order, **SUBJECT | {"cert_address": ELSEWHERE})

    # The boxes for another address are not on the page that the choice leaves.
    assert "contact_same" in fields_with_errors(page)
    assert not {"contact_region", "contact_address"} & set(fields_with_errors(page))


def closed_page(applicant, client) -> str:
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]}
    return subject_page(client, ready_order(applicant, columns=columns))


def test_closed_validity_without_end_says_so(applicant, client):
    page = closed_page(applicant, client)

    field = page.partition("证件有效期截止日期")[2].partition("field--closed")[0]
    assert "长期有效" in field
    assert "—" not in field


def test_closed_address_is_shown_once(applicant, client):
    assert closed_page(applicant, client).count("上城区示范路100号3幢401室") == 2
