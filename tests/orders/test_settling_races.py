"""Two people, or a person and the machine, at one bureau result at the same moment."""

from functools import partial

import pytest
from django.db import transaction

from beian import clock
from beian.enums import StaffRoleName as Role
from beian.models import InternetService
from orders.actions.results import apply_result
from orders.actions.settling import GRANTED, Decision, apply_by_hand, dismiss_result
from orders.enums import OrderState, ResultProblem, ResultState
from orders.models import BureauResult, FilingOrder
from orders.workflow import Refused
from tests.builders import make_applicant, make_order, make_staff
from tests.orders.builders_attention import make_bureau_record, make_stopped_result
from tests.racing import held_up, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 5
NUMBER = "浙ICP备2026000077号"


def outcome_of(act) -> str:
    """ "done", or the refusal's code."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return "done"


@pytest.fixture
def order():
    return make_order(make_applicant(), state=OrderState.BUREAU_REVIEW)


def by_hand(actor, key, order):
    ref = str(order.submissions.get().dossier.services[0].ref)
    decision = Decision(GRANTED, "", NUMBER, {ref: f"{NUMBER}-1"})
    return partial(
        apply_by_hand, actor, key=key, order_id=order.pk, decision=decision, reason="核对无误"
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_clicks_one_applies_the_result(_round, order):
    people = [make_staff(Role.BUREAU_SUBMITTER, name=f"submitter-{n}") for n in range(2)]
    key = make_stopped_result().key

    answers = race([partial(outcome_of, by_hand(who.actor, key, order)) for who in people])

    assert sorted(answers) == ["done", "settled"]
    assert InternetService.objects.count() == 1
    assert FilingOrder.objects.get().events.filter(name="grant").count() == 1


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_apply_and_dismiss_at_once_leave_one_decision(_round, order):
    people = [make_staff(Role.BUREAU_SUBMITTER, name=f"submitter-{n}") for n in range(2)]
    key = make_stopped_result().key
    acts = [
        by_hand(people[0].actor, key, order),
        partial(dismiss_result, people[1].actor, key=key, reason="重复"),
    ]

    answers = race([partial(outcome_of, act) for act in acts])

    state = {True: ResultState.APPLIED, False: ResultState.DISMISSED}[answers[0] == "done"]
    assert sorted(answers) == ["done", "settled"]
    assert BureauResult.objects.get().state == state
    assert (FilingOrder.objects.get().state == OrderState.FILED) == (answers[0] == "done")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_machine_and_person_at_once_file_the_order_once(_round, order):
    person = make_staff(Role.BUREAU_SUBMITTER)
    record = make_bureau_record(order, "accepted")
    ref = str(order.submissions.get().dossier.services[0].ref)
    result = make_stopped_result(
        record,
        state=ResultState.WAITING,
        problem=ResultProblem.TOO_EARLY,
        service_numbers={ref: f"{NUMBER}-1"},
        received_at=clock.now(),
    )

    race(
        [
            partial(outcome_of, by_hand(person.actor, result.key, order)),
            partial(apply_result, result.pk),
        ]
    )

    assert BureauResult.objects.get().state == ResultState.APPLIED
    assert FilingOrder.objects.get().events.filter(name="grant").count() == 1
    assert InternetService.objects.count() == 1


def test_who_waited_for_a_colleague_is_told_who_it_was(order):
    colleague, late = (make_staff(Role.BUREAU_SUBMITTER, name=f"submitter-{n}") for n in range(2))
    key = make_stopped_result().key
    with transaction.atomic():
        dismiss_result(colleague.actor, key=key, reason="重复的结果")
        answer = held_up(by_hand(late.actor, key, order))

    with pytest.raises(Refused) as refused:
        answer.result()
    assert refused.value.reason == f"{colleague.user.staff_name} 已经处理了这条结果。"
