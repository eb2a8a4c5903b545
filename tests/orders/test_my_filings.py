"""My filings: one running order, the start button, services on record, history."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beian.enums import MembershipRole
from orders.enums import OrderState
from orders.filings.state_display import display_of
from orders.queries import (
    filed_subject,
    order_of,
    running_and_closed,
    running_order,
    services_of_subject,
    start_offer,
)
from tests.builders import client_of, filled_dossier, make_applicant, make_order
from tests.orders.builders_filings import make_comment, make_filed_order

pytestmark = pytest.mark.django_db

OPEN = [state for state in OrderState if state not in {"filed", "abandoned", "expired"}]


def page_of(applicant) -> str:
    response = client_of(applicant.user).get("/filings/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("state", OPEN)
def test_running_order_shows_state_actor_and_progress(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    html = page_of(applicant)

    display = display_of(order)
    assert display.label in html
    assert f'<dd class="fact-value">{display.who}</dd>' in html
    assert html.count('<li class="stage ') == 6
    assert html.count('aria-current="step"') == 1


@pytest.mark.parametrize("state", [OrderState.FILED, OrderState.ABANDONED, OrderState.EXPIRED])
def test_closed_order_stands_in_the_history(state):
    applicant = make_applicant()
    order = make_order(applicant, state=state)

    html = page_of(applicant)

    assert "历史订单" in html
    assert f'href="/filings/{order.pk}/"' in html
    assert '<li class="stage ' not in html


def test_hidden_order_is_left_out_of_the_history():
    applicant = make_applicant()
    make_order(applicant, state=OrderState.ABANDONED, is_hidden=True)

    assert running_and_closed(applicant.account) == (None, [])
    assert "历史订单" not in page_of(applicant)


def test_new_user_is_shown_where_to_begin():
    html = page_of(make_applicant())

    assert "还没有备案" in html
    assert 'class="button button--primary" href="/filings/start/"' in html


def test_unverified_account_is_sent_to_real_name_verification():
    html = page_of(make_applicant(is_verified=False))

    assert "账号还没有完成实名认证" in html
    assert 'href="/account/real-name/"' in html
    assert 'href="/filings/start/"' not in html


def test_start_is_unavailable_with_the_running_order_named():
    applicant = make_applicant()
    order = make_order(applicant)

    html = page_of(applicant)

    assert f'<a href="/filings/{order.pk}/">{order.number}</a> 办完或放弃后即可开始。' in html
    assert 'href="/filings/start/"' not in html


def test_start_is_unavailable_once_a_subject_is_on_record():
    applicant = make_applicant()
    make_filed_order(applicant)

    offer = start_offer(applicant.account, applicant.actor, None)

    assert offer.reason == "本账号已有备案主体，首次备案只能办理一次。"
    assert not offer.is_open


def test_filed_services_show_short_and_full_numbers():
    applicant = make_applicant()
    make_filed_order(applicant)

    html = page_of(applicant)

    assert "<strong>浙ICP备2026000001号</strong>" in html
    assert "<strong>浙ICP备2026000001号-1</strong>" in html


def test_services_that_were_filed_together_come_in_the_order_of_their_numbers():
    applicant = make_applicant()
    make_filed_order(applicant, services=11)

    services = services_of_subject(filed_subject(applicant.account))

    ends = [service.service_number.rpartition("-")[2] for service in services]
    assert ends == [str(number) for number in range(1, 12)]


def test_page_is_closed_to_sub_users_without_the_filing_role():
    owner = make_applicant()
    helper = make_applicant(phone="13900000077", account=owner.account, role=MembershipRole.NONE)

    response = client_of(helper.user).get("/filings/")

    assert response.status_code == 403


def test_orders_of_other_accounts_are_neither_shown_nor_found():
    make_order(make_applicant())
    stranger = make_applicant(phone="13900000077", account_name="另一账号")

    assert running_order(stranger.account) is None
    assert "还没有备案" in page_of(stranger)


def test_order_of_returns_the_accounts_order():
    applicant = make_applicant()
    order = make_order(applicant)

    assert order_of(applicant.account, order.pk) == order


MOST_QUERIES = 12


def queries_of(applicant) -> int:
    """Settings and edits of rules are cached for seconds only, so their queries do not count."""
    client = client_of(applicant.user)
    with CaptureQueriesContext(connection) as captured:
        client.get("/filings/")
    cached = ("settingoverride", "orders_ruleedit")
    return sum(not any(name in query["sql"] for name in cached) for query in captured)


def test_queries_are_as_many_for_three_services_as_for_one():
    one = make_applicant()
    make_filed_order(one)
    three = make_applicant(phone="13900000077", account_name="另一账号")
    make_filed_order(three, services=3, subject_number="浙ICP备2026000002号")

    assert queries_of(one) == queries_of(three) <= MOST_QUERIES


def test_queries_are_as_many_for_three_closed_orders_and_comments_as_for_one():
    one = make_applicant()
    make_order(one, state=OrderState.ABANDONED)
    make_comment(make_order(one, state=OrderState.INITIAL_REJECTED))
    many = make_applicant(phone="13900000077", account_name="另一账号")
    for _ in range(3):
        make_order(many, state=OrderState.ABANDONED)
    another = filled_dossier(**{"subject.cert_number": "91330102MA0000002A"})
    rejected = make_order(many, state=OrderState.INITIAL_REJECTED, dossier=another)
    for path in ("services[0].name", "services[0].remarks", "subject.contact_address"):
        make_comment(rejected, path)

    assert queries_of(one) == queries_of(many) <= MOST_QUERIES
