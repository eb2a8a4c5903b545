"""领取下一单: the most urgent free case at the moment of the click."""

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders.actions import review
from orders.actions.review import take_next
from orders.desk import review_queue
from orders.enums import OrderState
from orders.workflow import Refused
from tests.builders import client_of, make_staff, post
from tests.orders.test_queue import waiting_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_staff(Role.REVIEWER)


@pytest.fixture
def colleague():
    return make_staff(Role.REVIEWER, name="reviewer-2")


def test_next_is_the_most_urgent_free_case(reviewer, colleague):
    waiting_order(1, due_hours=1, reviewer=colleague.user)
    waiting_order(2, due_hours=9)
    urgent = waiting_order(3, due_hours=5)

    assert take_next(reviewer.actor) == urgent
    urgent.refresh_from_db()
    assert urgent.is_claimed_by(reviewer.user.pk)


def test_case_that_came_back_goes_to_whoever_reviewed_it_before(reviewer, colleague):
    urgent = waiting_order(1, due_hours=1)
    back = waiting_order(2, due_hours=9, state=OrderState.RESUBMITTED, last_reviewer=reviewer.user)

    assert review_queue.next_case(reviewer.actor, frozenset()) == back
    assert review_queue.next_case(colleague.actor, frozenset()) == urgent
    assert take_next(reviewer.actor) == back
    assert take_next(reviewer.actor) == urgent


def test_case_that_came_back_is_not_kept_from_colleagues(reviewer, colleague):
    back = waiting_order(1, state=OrderState.RESUBMITTED, last_reviewer=reviewer.user)

    assert take_next(colleague.actor) == back


def test_case_reviewed_before_that_did_not_come_back_has_no_preference(reviewer):
    waiting_order(1, due_hours=9, last_reviewer=reviewer.user)
    urgent = waiting_order(2, due_hours=1)

    assert take_next(reviewer.actor) == urgent


def test_colleague_who_is_faster_leaves_the_case_behind(reviewer, colleague, monkeypatch):
    urgent, second = waiting_order(1, due_hours=1), waiting_order(2, due_hours=9)
    take = review.take_order

    def slowly(actor, *, order_id):
        if order_id == urgent.pk:
            take(colleague.actor, order_id=order_id)
        return take(actor, order_id=order_id)

    monkeypatch.setattr(review, "take_order", slowly)

    assert take_next(reviewer.actor) == second


def test_order_of_the_own_account_is_passed_over(reviewer):
    own = waiting_order(1)
    Membership.objects.create(account=own.account, user=reviewer.user, role="none")

    with pytest.raises(Refused) as refusal:
        take_next(reviewer.actor)

    assert refusal.value.code == "none"


def test_button_opens_the_case_it_took(reviewer):
    order = waiting_order(1)

    answer = post(client_of(reviewer.user), reverse("orders:queue-next"))

    assert answer.url == reverse("orders:case", args=[order.pk])


def test_button_says_that_nothing_is_left(reviewer):
    answer = post(client_of(reviewer.user), reverse("orders:queue-next"), follow=True)

    assert "现在没有可以领取的订单。" in answer.content.decode()
