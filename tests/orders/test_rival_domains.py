"""Whether a domain is on record or in another running order, asked once of an order."""

from __future__ import annotations

import pytest

from orders.enums import OrderState
from orders.models import FilingOrder
from orders.register_lookup import look_up
from orders.rival_domains import FILED, RUNNING, rivals_of
from rules.certificates.credit_code import check_character
from tests.builders import filled_dossier, make_applicant, make_order
from tests.orders.builders_filings import make_filed_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> FilingOrder:
    return make_order(make_applicant(), state=OrderState.RETURNED_BY_MIIT)


def rival(state: OrderState, domain: str) -> FilingOrder:
    other = make_applicant(phone="13800000077", account_name="样例商贸")
    body = "91330102MA0000077"
    changes = {
        "services[0].domains": [domain],
        "subject.cert_number": body + check_character(body),
    }
    dossier = filled_dossier(**changes)
    return make_order(other, state=state, dossier=dossier)


def test_order_alone_with_its_domain_has_no_rival(order):
    assert rivals_of(order) == frozenset()


def test_domain_of_another_running_order_is_a_rival(order):
    other = rival(OrderState.INITIAL_REVIEW, "shili-anders.com")
    order.domain = other.domain

    assert rivals_of(order) == {RUNNING}


def test_domain_on_record_is_a_rival(order):
    filed = make_filed_order(make_applicant(phone="13800000077", account_name="样例商贸"))
    order.domain = filed.domain

    assert FILED in rivals_of(order)


def test_what_was_read_with_the_register_is_not_asked_again(order, django_assert_num_queries):
    other = rival(OrderState.INITIAL_REVIEW, "shili-anders.com")
    order.domain = other.domain
    with django_assert_num_queries(1):
        look_up(order, order.dossier)

    with django_assert_num_queries(0):
        assert rivals_of(order) == {RUNNING}


def test_another_domain_is_asked_anew(order):
    look_up(order, order.dossier)
    order.domain = rival(OrderState.INITIAL_REVIEW, "shili-anders.com").domain

    assert rivals_of(order) == {RUNNING}


def test_draft_is_asked_when_it_is_submitted_and_not_with_every_page(django_assert_num_queries):
    draft = make_order(make_applicant())
    look_up(draft, draft.dossier)

    with django_assert_num_queries(1):
        assert rivals_of(draft) == frozenset()


def test_order_without_a_domain_has_no_rival(django_assert_num_queries):
    draft = make_order(make_applicant())
    draft.domain = ""

    with django_assert_num_queries(0):
        assert rivals_of(draft) == frozenset()
