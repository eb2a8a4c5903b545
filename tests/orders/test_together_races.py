"""Several workers find the same orders out of time: each is returned once, and nothing is lost."""

from functools import partial

import pytest
from django.db.models import F

from beian.actions.deadlines import sweep_deadlines
from beian.models import Deadline, Notice
from orders.enums import RecordType
from orders.models import BureauRecord, FilingOrder, OrderEvent
from tests.orders.sms_stage import make_order_at_sms
from tests.orders.test_together import WINDOW
from tests.racing import race
from verification.models import SmsChallenge

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ORDERS, WORKERS, ROUNDS = 12, 5, 3


def let_time_run_out() -> None:
    Deadline.objects.filter(kind="sms_reminder").delete()
    for model in (Deadline, FilingOrder, SmsChallenge):
        model.objects.update(due_at=F("due_at") - WINDOW)


def test_sweeps_at_once_return_every_order_once():
    for batch in range(ROUNDS):
        for number in range(ORDERS):
            make_order_at_sms(batch * ORDERS + number + 1)
    let_time_run_out()

    acted = race([partial(sweep_deadlines, ORDERS)] * (WORKERS * ROUNDS))
    left = sweep_deadlines()

    assert [answer for answer in acted if isinstance(answer, Exception)] == []
    every = ORDERS * ROUNDS
    assert sum(acted) + left == every
    assert FilingOrder.objects.filter(state="returned_by_miit").count() == every
    assert OrderEvent.objects.filter(name="time_out_sms").count() == every
    assert BureauRecord.objects.filter(record_type=RecordType.SMS_RESULT).count() == every
    told = Notice.objects.filter(template="returned_by_miit", channel="portal")
    assert told.count() == every
    assert not Deadline.objects.filter(failure_count__gt=0).exists()
