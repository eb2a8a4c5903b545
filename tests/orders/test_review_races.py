"""Two people at one case at the same moment: one wins, and the other one reads why."""

from functools import partial

import pytest
from django.db.models import F

from beian.enums import StaffRoleName as Role
from orders import workflow
from orders.actions.comments import withdraw_comment
from orders.actions.review import (
    extend_lease,
    pass_initial_review,
    reject_order,
    take_order,
)
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.workflow import Refused
from tests.builders import make_applicant, make_order, make_staff
from tests.checklist import tick_everything
from tests.orders.desk_stage import Desk
from tests.racing import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def outcome_of(act) -> str:
    """ "done", or the refusal's code."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return "done"


def moves_of(order: FilingOrder) -> list[str]:
    rows = order.events.filter(sequence__gt=2)
    assert list(order.events.values_list("sequence", flat=True)) == list(
        range(1, order.events.count() + 1)
    )
    return list(rows.exclude(from_state=F("to_state")).values_list("name", flat=True))


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_reviewers_one_takes_the_case(_round):
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW)
    people = [make_staff(Role.REVIEWER, name=f"reviewer-{number}") for number in range(2)]

    answers = race(
        [
            partial(outcome_of, partial(take_order, person.actor, order_id=order.pk))
            for person in people
        ]
    )

    order.refresh_from_db()
    winner = people[answers.index("done")]
    assert sorted(answers) == ["done", "unclaimed"]
    assert order.assigned_to == winner.user
    assert [event.actor_user_id for event in order.events.filter(name="take")] == [winner.user.pk]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_withdraw_against_pass_moves_the_order_once(_round):
    applicant, reviewer = make_applicant(), make_staff(Role.REVIEWER)
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)
    tick_everything(reviewer.actor, order.pk)
    withdraw = partial(workflow.apply, order.pk, "withdraw", applicant.actor, version=order.version)
    decide = partial(pass_initial_review, reviewer.actor, order_id=order.pk, version=order.version)

    answers = race([partial(outcome_of, withdraw), partial(outcome_of, decide)])

    order.refresh_from_db()
    assert sorted(answers) == ["done", "stale"]
    if answers[0] == "done":
        assert (order.state, moves_of(order)) == (OrderState.DRAFT, ["withdraw"])
    else:
        assert order.state == OrderState.PENDING_BUREAU_SUBMISSION
        assert moves_of(order) == ["pass_initial_review"]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_rejection_against_withdrawing_its_only_comment_stays_consistent(_round):
    reviewer = make_staff(Role.REVIEWER)
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)
    desk = Desk(reviewer, order)
    comment = desk.comment()
    take_back = partial(withdraw_comment, reviewer.actor, order_id=order.pk, comment_id=comment.pk)
    reject = partial(reject_order, reviewer.actor, order_id=order.pk, version=order.version)

    answers = race([partial(outcome_of, take_back), partial(outcome_of, reject)])

    order.refresh_from_db()
    sent = order.comments.filter(sent_at__isnull=False).count()
    if answers[1] == "done":
        assert (answers[0], order.state, sent) == ("comment", OrderState.INITIAL_REJECTED, 1)
    else:
        assert answers == ["done", "has_must_fix_comment"]
        assert (order.state, sent) == (OrderState.INITIAL_REVIEW, 0)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_extending_a_lease_never_claims_an_order_that_left_the_review(_round):
    reviewer = make_staff(Role.REVIEWER)
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)
    tick_everything(reviewer.actor, order.pk)
    decide = partial(pass_initial_review, reviewer.actor, order_id=order.pk, version=order.version)

    answers = race(
        [
            partial(outcome_of, decide),
            partial(outcome_of, partial(extend_lease, reviewer.actor, order_id=order.pk)),
        ]
    )

    order.refresh_from_db()
    assert answers == ["done", "done"]
    assert (order.assigned_to, order.lease_until) == (None, None)


def test_lease_is_not_extended_without_the_deadline_that_ends_it(monkeypatch):
    reviewer = make_staff(Role.REVIEWER)
    order = make_order(make_applicant(), state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)

    def fail(*_args):
        raise RuntimeError("no deadline")

    monkeypatch.setattr("orders.actions.review.set_deadline", fail)
    with pytest.raises(RuntimeError):
        extend_lease(reviewer.actor, order_id=order.pk)

    assert FilingOrder.objects.get(pk=order.pk).lease_until == order.lease_until
