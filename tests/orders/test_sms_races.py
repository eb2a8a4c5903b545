"""What entries, resends and the end of the window do to each other at the same moment."""

import threading
from collections import Counter
from datetime import timedelta
from functools import partial

import pytest
from django.db.models import F

from beian import clock
from beian.actions.deadlines import sweep_deadlines
from beian.models import Deadline, Notice
from orders.actions.sms import attempt_verification, resend_code
from orders.enums import OrderState, RecordType
from orders.models import FilingOrder
from tests.builders import MOBILE, OTHER_MOBILE
from tests.orders.sms_stage import (
    challenge_for,
    code_of,
    enter_at_once,
    make_order_at_sms,
    right_entry,
    wrong_entry,
)
from tests.racing import race
from verification.actions.sms import Entry, Outcome, ResendRefused
from verification.models import SmsChallenge

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
ONE_PERSON = {"services[0].principal.same_as_subject_principal": True}


def results_of(answers: list) -> Counter:
    return Counter(getattr(answer, "result", answer) for answer in answers)


def moves_of(order: FilingOrder) -> list[str]:
    """What moved the order since the bureau accepted it; reminders do not."""
    later = order.events.filter(sequence__gt=3).exclude(from_state=F("to_state"))
    return list(later.values_list("name", flat=True))


def notices_told(order: FilingOrder, template: str) -> Counter:
    rows = Notice.objects.filter(order_id=order.pk, template=template)
    return Counter(rows.values_list("channel", flat=True))


def test_of_many_wrong_codes_five_count_and_the_sixth_returns_the_order():
    order = make_order_at_sms()
    challenge = challenge_for(order)

    answers = enter_at_once(order, [(challenge, wrong_entry(challenge))] * 120)

    order.refresh_from_db()
    challenge.refresh_from_db()
    assert results_of(answers) == {"wrong": 5, "returns_order": 1, "refused": 114}
    assert sorted(answer.left for answer in answers if answer.result == "wrong") == [0, 1, 2, 3, 4]
    assert (challenge.wrong_count, challenge.is_verified) == (5, False)
    assert (order.state, moves_of(order)) == ("returned_by_miit", ["return_after_errors"])
    assert notices_told(order, "returned_by_miit") == {"portal": 1, "sms": 1, "mail": 1}
    assert order.bureau_records.filter(record_type=RecordType.SMS_RESULT).count() == 1


def test_right_code_among_wrong_ones_decides_once():
    order = make_order_at_sms(**ONE_PERSON)
    challenge = challenge_for(order)
    entries = [wrong_entry(challenge)] * 10 + [right_entry(challenge)] * 2

    counts = results_of(enter_at_once(order, [(challenge, entry) for entry in entries]))

    order.refresh_from_db()
    moved = counts["all_verified"], counts["returns_order"]
    assert (moved, order.state, moves_of(order)) in [
        ((1, 0), OrderState.BUREAU_REVIEW, ["confirm_sms"]),
        ((0, 1), OrderState.RETURNED_BY_MIIT, ["return_after_errors"]),
    ]
    assert counts["wrong"] <= 5


def test_two_persons_at_once_move_the_order_once():
    orders = []
    for number in range(ROUNDS):
        order = make_order_at_sms(number)
        challenges = [challenge_for(order, mobile) for mobile in (MOBILE, OTHER_MOBILE)]
        answers = enter_at_once(order, [(item, right_entry(item)) for item in challenges])
        assert results_of(answers) == {"verified": 1, "all_verified": 1}
        orders.append(order)

    assert [moves_of(order) for order in orders] == [["confirm_sms"]] * ROUNDS


def test_resends_at_once_stay_within_the_total():
    order = make_order_at_sms()
    challenge = challenge_for(order)

    job = partial(resend_code, order_id=order.pk, challenge_id=challenge.pk)
    answers = race([job] * 20)

    challenge.refresh_from_db()
    refused = [answer for answer in answers if isinstance(answer, ResendRefused)]
    assert (len(refused), {refusal.code for refusal in refused}) == (18, {"spent"})
    assert challenge.send_count == 3
    assert Notice.objects.filter(template="ministry_code").count() == 4
    assert len(code_of(challenge)) == 6


def enter_alone(order: FilingOrder, challenge: SmsChallenge, entry: Entry) -> Outcome:
    return attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)


@pytest.fixture
def own_time(monkeypatch):
    """Every thread may live at a moment of its own: `own_time.set(moment)`."""
    local = threading.local()
    real = clock.now

    class OwnTime:
        @staticmethod
        def set(moment):
            local.moment = moment

    monkeypatch.setattr(clock, "now", lambda: getattr(local, "moment", None) or real())
    return OwnTime


def test_last_entry_against_the_end_of_the_window(own_time):
    for number in range(ROUNDS):
        order = make_order_at_sms(number, **ONE_PERSON)
        challenge = challenge_for(order)
        entry = right_entry(challenge)
        end = max(order.due_at, challenge.due_at)

        def enter(order=order, challenge=challenge, entry=entry):
            own_time.set(challenge.due_at - timedelta(microseconds=1))
            return enter_alone(order, challenge, entry)

        def sweep(end=end):
            own_time.set(end)
            return sweep_deadlines()

        entered, *_sweeps = answers = race([enter, sweep, sweep])

        order.refresh_from_db()
        challenge.refresh_from_db()
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
        if entered.result == "all_verified":
            assert (order.state, moves_of(order)) == ("bureau_review", ["confirm_sms"])
            assert challenge.is_verified
        else:
            assert (entered.result, entered.code) == ("refused", "closed")
            assert (order.state, moves_of(order)) == ("returned_by_miit", ["time_out_sms"])
            assert not challenge.is_verified
        rows = Deadline.objects.filter(object_id=order.pk, kind="sms_verification")
        assert rows.filter(done_at=None, cancelled_at=None).count() == 0


def test_entry_at_the_due_instant_is_late_whoever_is_first(own_time):
    order = make_order_at_sms()
    challenge = challenge_for(order)
    entry = right_entry(challenge)

    def enter():
        own_time.set(challenge.due_at)
        return enter_alone(order, challenge, entry)

    def sweep():
        own_time.set(max(order.due_at, challenge.due_at))
        return sweep_deadlines()

    answers = race([enter, enter, sweep])

    order.refresh_from_db()
    assert [answer.result for answer in answers[:2]] == ["refused", "refused"]
    assert order.state == OrderState.RETURNED_BY_MIIT
