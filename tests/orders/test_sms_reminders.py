"""Reminders of the SMS step: at 20, 12 and 2 hours left, once each, to who is outstanding."""

from collections import Counter
from datetime import timedelta

import pytest

from beian import clock
from beian.actions import notices
from beian.actions.deadlines import sweep_deadlines
from beian.actions.notices import relay_notices
from beian.actors import BUREAU, MINISTRY
from beian.models import Notice
from orders import workflow
from orders.actions.sms import attempt_verification, challenges_of
from orders.enums import OrderState
from orders.models import FilingOrder
from tests.builders import MOBILE, OTHER_MOBILE
from tests.life import newest_code
from tests.orders.sms_stage import TAILS, make_order_at_sms
from verification.actions.sms import Entry

pytestmark = pytest.mark.django_db
SWEEPS_EVERY = timedelta(minutes=20)


class Phones:
    """Keeps the reminders that reached a phone, and when."""

    def __init__(self, start):
        self.start = start
        self.reminders = []

    def send(self, *, message_id, recipient, **_message):
        if Notice.objects.get(pk=message_id).template == "sms_reminder":
            hours = round((clock.now() - self.start) / timedelta(hours=1))
            self.reminders.append((hours, recipient))


@pytest.fixture
def start(time_machine):
    moment = clock.now().replace(microsecond=0)
    time_machine.move_to(moment, tick=False)
    return moment


@pytest.fixture
def phones(start, monkeypatch):
    phones = Phones(start)
    monkeypatch.setattr(notices, "port", lambda _name: phones)
    return phones


def work():
    """What the worker does all the time."""
    sweep_deadlines()
    while relay_notices():
        pass


def pass_time(time_machine, until, moment):
    """Up to `moment`, one sweep after another; returns where the clock stands."""
    while until < moment:
        until += SWEEPS_EVERY
        time_machine.move_to(until, tick=False)
        work()
    return until


def enter(order, mobile, code=""):
    challenge = next(each for each in challenges_of(order) if each.mobile == mobile)
    entry = Entry(mobile, code or newest_code(mobile), TAILS[mobile])
    return attempt_verification(order_id=order.pk, challenge_id=challenge.pk, entry=entry)


def test_everybody_outstanding_is_reminded_once_at_each_of_the_three_times(
    start, phones, time_machine
):
    make_order_at_sms()

    pass_time(time_machine, start, start + timedelta(hours=23, minutes=40))

    expected = [(hours, mobile) for hours in (4, 12, 22) for mobile in (MOBILE, OTHER_MOBILE)]
    assert Counter(phones.reminders) == Counter(expected)


def test_who_verified_meanwhile_is_not_reminded_again(start, phones, time_machine):
    order = make_order_at_sms()
    code = newest_code(MOBILE)

    noon = pass_time(time_machine, start, start + timedelta(hours=5))
    enter(order, MOBILE, code)
    pass_time(time_machine, noon, start + timedelta(hours=23, minutes=40))

    by_phone = Counter(mobile for _hours, mobile in phones.reminders)
    assert by_phone == {MOBILE: 1, OTHER_MOBILE: 3}


def test_nobody_is_reminded_after_all_verified(start, phones, time_machine):
    order = make_order_at_sms()
    enter(order, MOBILE)
    enter(order, OTHER_MOBILE)

    pass_time(time_machine, start, start + timedelta(hours=24))

    assert FilingOrder.objects.get(pk=order.pk).state == OrderState.BUREAU_REVIEW
    assert phones.reminders == []


def test_worker_that_stood_still_reminds_once_and_not_of_what_is_over(start, phones, time_machine):
    order = make_order_at_sms()

    time_machine.move_to(start + timedelta(hours=14), tick=False)
    work()
    assert Counter(phones.reminders) == {(14, MOBILE): 1, (14, OTHER_MOBILE): 1}

    time_machine.move_to(start + timedelta(hours=25), tick=False)
    work()
    assert FilingOrder.objects.get(pk=order.pk).state == OrderState.RETURNED_BY_MIIT
    assert len(phones.reminders) == 2


def test_second_hand_over_is_reminded_anew_in_its_own_time(start, phones, time_machine):
    order = make_order_at_sms()
    workflow.apply(order.pk, "return_after_errors", MINISTRY)
    later = start + timedelta(hours=10)
    time_machine.move_to(later, tick=False)
    FilingOrder.objects.filter(pk=order.pk).update(
        state=OrderState.PENDING_BUREAU_SUBMISSION, return_reason=""
    )
    workflow.apply(order.pk, "accept_at_bureau", BUREAU)

    pass_time(time_machine, later, later + timedelta(hours=5))

    assert Counter(phones.reminders) == {(14, MOBILE): 1, (14, OTHER_MOBILE): 1}
