"""A senior reviewer gives a case to a named colleague."""

from datetime import timedelta

import pytest

from beian import clock
from beian.actions.deadlines import open_deadline
from beian.enums import StaffRoleName as Role
from beian.models import Membership
from orders.enums import OrderState
from tests.builders import client_of, make_applicant, make_order, make_staff, post
from tests.orders.desk_stage import NOT_TAKEN, Desk, flash, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def senior():
    return make_staff(Role.SENIOR_REVIEWER, name="senior-1")


@pytest.fixture
def colleague():
    return make_staff(Role.REVIEWER, name="reviewer-2")


def give(desk: Desk, who, to, **data):
    desk.order.refresh_from_db()
    fields = {"version": desk.order.version, "to_user": to.user.pk, **data}
    return post(client_of(who.user), desk.url("reassign"), fields)


@pytest.mark.parametrize("state", [OrderState.INITIAL_REVIEW, OrderState.RESUBMITTED])
def test_claimed_case_goes_to_the_named_colleague_with_a_new_lease(senior, colleague, state):
    desk = make_desk(state)
    comment = desk.comment()
    before = clock.now()

    give(desk, senior, colleague, opinion="请今天处理。")

    desk.order.refresh_from_db()
    event = desk.order.events.last()
    assert (desk.order.state, desk.order.assigned_to) == (state, colleague.user)
    assert desk.order.lease_until >= before + timedelta(minutes=30)
    assert open_deadline("lease", desk.order.pk).due_at == desk.order.lease_until
    assert list(desk.order.comments.unsent()) == [comment]
    assert (event.actor_user, event.to_user) == (senior.user, colleague.user)


def test_unclaimed_case_is_given_too(senior, colleague):
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW)

    give(Desk(colleague, order), senior, colleague)

    order.refresh_from_db()
    assert order.is_claimed_by(colleague.user.pk)


def test_history_says_who_gave_the_case_to_whom_and_the_old_holder_cannot_decide(senior, colleague):
    desk = make_desk()

    give(desk, senior, colleague, opinion="请今天处理。")
    client = desk.client
    response = desk.act("pass_initial_review", client)

    refusal = flash(client, response.url)

    page = client.get(desk.url("case") + "?view=history").content.decode()
    assert refusal == [NOT_TAKEN]
    assert "senior-1" in page
    assert "交给 reviewer-2" in page
    assert "请今天处理。" in page


def test_applicant_does_not_read_the_note_or_the_name(senior, colleague):
    desk = make_desk()

    give(desk, senior, colleague, opinion="请今天处理。")

    page = client_of(desk.order.created_by).get(f"/filings/{desk.order.pk}/").content.decode()
    assert "订单交由指定的审核员审核" in page
    assert "请今天处理。" not in page
    assert "reviewer-2" not in page


def test_reviewer_may_not_give_cases_away(colleague):
    desk = make_desk()

    response = give(desk, desk.reviewer, colleague)

    desk.order.refresh_from_db()
    assert response.status_code == 403
    assert desk.order.assigned_to == desk.reviewer.user
    assert "转交" not in desk.client.get(desk.url("case")).content.decode()


def test_a_member_of_the_account_and_a_submitter_are_not_offered(senior, colleague):
    desk = make_desk()
    submitter = make_staff(Role.BUREAU_SUBMITTER, name="submitter-1")
    Membership.objects.create(account=desk.order.account, user=colleague.user, role="none")

    page = client_of(senior.user).get(desk.url("reassign"))
    for other in (colleague, submitter, desk.reviewer):
        give(desk, senior, other)

    names = [label for _value, label in page.context["form"].fields["to_user"].choices][1:]
    desk.order.refresh_from_db()
    assert names == ["senior-1"]
    assert desk.order.assigned_to == desk.reviewer.user


def test_nobody_chosen_names_the_field(senior):
    desk = make_desk()

    response = post(client_of(senior.user), desk.url("reassign"), {"version": desk.order.version})

    assert response.context["form"].errors["to_user"] == ["请选择接手的审核员"]


def test_stale_page_is_refused(senior, colleague):
    desk = make_desk()

    client = client_of(senior.user)
    fields = {"version": desk.order.version + 1, "to_user": colleague.user.pk}
    response = post(client, desk.url("reassign"), fields)

    assert flash(client, response.url) == ["订单刚刚有了变化，请查看最新内容后再操作。"]


def test_outside_the_review_there_is_nothing_to_give(senior, colleague):
    desk = make_desk(OrderState.PENDING_BUREAU_SUBMISSION)

    give(desk, senior, colleague)

    desk.order.refresh_from_db()
    assert desk.order.assigned_to is None
