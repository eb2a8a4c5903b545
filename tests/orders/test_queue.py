"""The review queue: order, filters, paging, what comes next, and how many questions it asks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beian import clock
from beian.counting import capped_counts
from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders.desk import keyset, review_queue
from orders.desk.queue_tabs import address, tabs_and_numbers
from orders.desk.review_queue import Filters
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import client_of, filled_dossier, make_applicant, make_order, make_staff
from tests.statements import asked

pytestmark = pytest.mark.django_db

# Session, user, roles, own accounts, rows, saved views, one for all counts, and one for the
# numbers of the rail, which has counted the whole queue already.
QUERIES = 8


def waiting_order(number: int, *, due_hours: int = 48, **columns) -> FilingOrder:
    """An order of an account of its own."""
    applicant = make_applicant(phone=f"138000001{number:02d}", account_name=f"示例{number}")
    dossier = filled_dossier(**{"subject.cert_number": f"91330102MA00000{number:02d}C"})
    return make_order(
        applicant,
        state=columns.pop("state", OrderState.INITIAL_REVIEW),
        dossier=dossier,
        due_at=clock.now() + timedelta(hours=due_hours),
        **columns,
    )


@pytest.fixture
def reviewer():
    return make_staff(Role.REVIEWER)


def shown_numbers(client: Client, query: str = "") -> list[str]:
    page = client.get(reverse("orders:queue") + query).content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]+">(BA[\d-]+)</a>', page)


@pytest.mark.parametrize("count", [1, 3])
def test_queue_asks_the_same_number_of_questions_for_one_row_and_three(count, reviewer):
    for number in range(count):
        waiting_order(number)
    client = client_of(reviewer.user)

    assert asked(client, reverse("orders:queue")) == QUERIES
    response = client.get(reverse("orders:queue"))
    assert len(response.context["lines"]) == count


def test_queue_is_sorted_by_due_time(reviewer):
    late = waiting_order(1, due_hours=90)
    soon = waiting_order(2, due_hours=5)
    overdue = waiting_order(3, due_hours=-30)

    assert shown_numbers(client_of(reviewer.user)) == [overdue.number, soon.number, late.number]


def test_queue_shows_only_orders_in_review(reviewer):
    waiting = waiting_order(1)
    waiting_order(2, state=OrderState.DRAFT)
    waiting_order(3, state=OrderState.PENDING_BUREAU_SUBMISSION)

    assert shown_numbers(client_of(reviewer.user)) == [waiting.number]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(state="resubmitted"), [2]),
        (Filters(province="44"), [3]),
        (Filters(due="overdue"), [1]),
        (Filters(holder="mine"), [2]),
        (Filters(holder="nobody"), [1, 3]),
        (Filters(objection="has"), [1, 3]),
        (Filters(objection="has", due="overdue"), [1]),
        (Filters(), [1, 2, 3]),
    ],
)
def test_filters_leave_the_orders_they_name(reviewer, filters, expected):
    orders = {
        1: waiting_order(1, due_hours=-1, has_objection=True),
        2: waiting_order(2, state=OrderState.RESUBMITTED, reviewer=reviewer.user),
        3: waiting_order(3),
    }
    FilingOrder.objects.filter(pk=orders[3].pk).update(
        province="44", due_at=clock.now() + timedelta(days=9), has_objection=True
    )

    rows = review_queue.filtered(filters, reviewer.user.pk)

    assert [order.pk for order in rows] == [orders[number].pk for number in expected]


@pytest.mark.parametrize("due", ["", "overdue", "today", "three_days"])
@pytest.mark.parametrize("holder", ["", "mine", "nobody"])
@pytest.mark.parametrize(("state", "objection"), [("", ""), ("resubmitted", ""), ("", "has")])
def test_counted_sets_are_the_rows_of_the_list(reviewer, due, holder, state, objection):
    # Kept SQL must not keep the moment or the person it was put together for.
    filters = Filters(due=due, holder=holder, state=state, objection=objection)
    review_queue.counted(filters)
    waiting_order(1, due_hours=-1)
    waiting_order(2, state=OrderState.RESUBMITTED, reviewer=reviewer.user)
    order = waiting_order(3, has_objection=True)
    FilingOrder.objects.filter(pk=order.pk).update(due_at=review_queue.end_of_day())

    for user_id in (reviewer.user.pk, reviewer.user.pk + 1):
        values = review_queue.given(user_id)
        counts = capped_counts({filters: review_queue.counted(filters)}, **values)
        assert counts[filters] == review_queue.filtered(filters, user_id).count()


def test_sets_are_counted_in_the_order_of_their_index():
    # Without it a database reads through every order there ever was to find the few.
    counted = review_queue.counted(Filters(state="resubmitted"))

    assert 'ORDER BY "orders_filingorder"."due_at" ASC' in counted.text


def test_orders_with_objections_are_filtered_on_the_page_with_as_many_questions(reviewer):
    waiting_order(1)
    objected = waiting_order(2, has_objection=True)
    client = client_of(reviewer.user)

    assert shown_numbers(client, "?objection=has") == [objected.number]
    assert asked(client, reverse("orders:queue") + "?objection=has") == QUERIES + 1


def test_filter_with_a_mistyped_value_shows_everything(reviewer):
    order = waiting_order(1)

    assert shown_numbers(client_of(reviewer.user), "?state=nonsense&due=yesterday") == [
        order.number
    ]


def test_paging_visits_every_order_once_and_comes_back(reviewer, change_setting):
    change_setting("lists.rows_per_page", 2)
    moment = clock.now() + timedelta(days=1)
    orders = [waiting_order(number) for number in range(5)]
    # Equal due times: the id decides, so that no row is skipped or shown twice.
    FilingOrder.objects.update(due_at=moment)
    rows = review_queue.filtered(Filters(), reviewer.user.pk)

    first = keyset.page_of(rows, review_queue.BY)
    second = keyset.page_of(rows, review_queue.BY, after=first.older)
    third = keyset.page_of(rows, review_queue.BY, after=second.older)
    back = keyset.page_of(rows, review_queue.BY, before=third.newer)

    seen = [order.pk for page in (first, second, third) for order in page.rows]
    assert seen == sorted(order.pk for order in orders)
    assert third.older is None
    assert back.rows == second.rows
    numbers = tabs_and_numbers(Filters(), second, reviewer.user.pk)[1]
    assert (numbers.before, numbers.total) == (2, 5)


def test_counting_stops_where_the_setting_says(reviewer, monkeypatch):
    monkeypatch.setattr("beian.counting.setting", lambda _name: 2)
    for number in range(4):
        waiting_order(number)

    page = client_of(reviewer.user).get(reverse("orders:queue")).content.decode()

    assert "第 1–4 条，共 2+ 条" in page
    assert '全部待审 <span class="count">2+</span>' in page
    assert '<span class="rail-count">2+</span>' in page


def test_page_far_down_the_list_does_not_count_its_place(reviewer, monkeypatch, change_setting):
    monkeypatch.setattr("beian.counting.setting", lambda _name: 1)
    change_setting("lists.rows_per_page", 2)
    for number in range(5):
        waiting_order(number)
    first = keyset.page_of(review_queue.waiting(), review_queue.BY)

    client = client_of(reviewer.user)
    page = client.get(reverse("orders:queue") + address(Filters(), after=first.older))

    assert "本页 2 条，共 1+ 条" in page.content.decode()
    assert 'rel="prev"' in page.content.decode()


def test_unreadable_page_address_shows_the_first_page(reviewer):
    order = waiting_order(1)

    assert shown_numbers(client_of(reviewer.user), "?after=yesterday~42") == [order.number]


def test_next_case_is_the_most_urgent_that_nobody_holds(reviewer):
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    waiting_order(1, due_hours=1, reviewer=colleague.user)
    free = waiting_order(2, due_hours=5)
    waiting_order(3, due_hours=9)

    assert review_queue.next_case(reviewer.actor, frozenset()) == free


def test_lapsed_lease_makes_a_case_free_without_a_sweep(reviewer):
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    order = waiting_order(1, reviewer=colleague.user)
    FilingOrder.objects.filter(pk=order.pk).update(lease_until=clock.now() - timedelta(seconds=1))

    assert review_queue.next_case(reviewer.actor, frozenset()) == order


def test_order_of_the_own_account_says_why_it_cannot_be_taken(reviewer):
    order = waiting_order(1)
    Membership.objects.create(account=order.account, user=reviewer.user, role="none")
    client = client_of(reviewer.user)

    page = client.get(reverse("orders:queue")).content.decode()

    assert "本人账号的订单，不能领取" in page
    assert review_queue.next_case(reviewer.actor, frozenset({order.account_id})) is None
    assert "现在没有可以领取的订单。" in page


def test_own_case_is_tinted_and_says_until_when(reviewer):
    order = waiting_order(1, reviewer=reviewer.user)

    page = client_of(reviewer.user).get(reverse("orders:queue")).content.decode()

    until = order.lease_until.astimezone(clock.SHANGHAI)
    assert '<tr class="is-own">' in page
    assert f"我，至 {until:%H:%M}" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REVIEWER, 200),
        (Role.SENIOR_REVIEWER, 200),
        (Role.BUREAU_SUBMITTER, 200),
        (Role.AUDITOR, 403),
        (Role.SUPPORT, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_queue_is_open_to_the_desk_alone(role, status):
    staff = make_staff(role)

    assert client_of(staff.user).get(reverse("orders:queue")).status_code == status


def test_queue_does_not_exist_for_applicants():
    applicant = make_applicant()

    assert client_of(applicant.user).get(reverse("orders:queue")).status_code == 404
