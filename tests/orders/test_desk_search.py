"""Finding an order by what is known of it."""

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from beian.site_settings.lookup import overrides
from orders.desk.search import found
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import client_of, make_staff
from tests.orders.test_queue import shown_numbers, waiting_order
from tests.statements import asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed():
    return waiting_order(1, state=OrderState.FILED)


@pytest.mark.parametrize(
    "text",
    [
        "{number}",
        "{tail}",
        "shili-keji",
        "keji.com",
        "示例科技",
        "浙ICP备2026000001号",
        "2026000001",
    ],
)
def test_order_is_found_by_beginning_or_part_of_what_is_shown(text, filed):
    typed = text.format(number=filed.number.lower(), tail=filed.number[-6:])

    assert found(typed) == ([filed], False)


def test_beginning_of_a_number_reads_no_other_column(filed, django_assert_num_queries):
    # Remembered from one search to the next.
    overrides()

    with django_assert_num_queries(1):
        assert found(filed.number[:12]) == ([filed], False)


def test_percent_sign_is_no_wildcard(filed):
    assert found("%") == ([], False)


def test_drafts_are_nobody_elses(filed):
    draft = waiting_order(2, state=OrderState.DRAFT)
    FilingOrder.objects.filter(pk=draft.pk).update(round=0)

    assert found("shili-keji") == ([filed], False)


def test_page_says_what_to_type_when_nothing_is_found(filed):
    client = client_of(make_staff(Role.REVIEWER).user)

    assert shown_numbers(client, "?q=shili-keji") == [filed.number]
    page = client.get(reverse("orders:queue") + "?q=nothing-like-it").content.decode()
    assert "可以输入订单号、主办者名称、域名或备案号的一部分" in page


@pytest.mark.parametrize(("count", "is_cut"), [(2, False), (3, True)])
def test_page_says_so_where_there_are_more_than_it_shows(change_setting, count, is_cut):
    change_setting("desk.found_at_most", 2)
    orders = [waiting_order(number) for number in range(count)]
    client = client_of(make_staff(Role.REVIEWER).user)

    assert shown_numbers(client, "?q=BA") == [order.number for order in reversed(orders)][:2]
    page = client.get(reverse("orders:queue") + "?q=BA").text
    assert ("只显示最近的 2 条" in page) is is_cut


@pytest.mark.parametrize("count", [1, 3])
def test_page_asks_the_same_number_of_questions_for_one_order_and_three(count):
    states = (OrderState.INITIAL_REVIEW, OrderState.RETURNED_BY_MIIT, OrderState.FILED)
    for number, state in enumerate(states[:count]):
        waiting_order(number, state=state)
    client = client_of(make_staff(Role.REVIEWER).user)

    # Session, user, roles, own accounts, the orders, and the numbers of the rail.
    assert asked(client, reverse("orders:queue") + "?q=BA") == 6
