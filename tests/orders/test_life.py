"""The whole line: draft, review, bureau, SMS, register."""

import pytest

from beian.enums import ResourceUseState
from beian.models import (
    AccessRecord,
    Deadline,
    InternetService,
    RegisteredPerson,
    ResourceUse,
    ServiceDomain,
    Subject,
)
from orders.actions import sending
from orders.enums import OrderState
from orders.models import BureauRecord
from tests.fake_face import recognise_everybody
from tests.life import Life

pytestmark = pytest.mark.django_db


def test_first_filing_ends_in_the_register(life, bureau):
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()

    order = life.order
    subject = Subject.objects.get(account=life.applicant.account)
    service = InternetService.objects.get(subject=subject)
    assert order.state == OrderState.FILED
    assert order.subject_number == subject.subject_number == "浙ICP备2026000002号"
    assert service.service_number == "浙ICP备2026000002号-1"
    assert ServiceDomain.objects.get(service=service).punycode == "shili-keji.com"
    assert AccessRecord.objects.get(service=service).ips == ["203.0.113.24"]
    assert RegisteredPerson.objects.filter(subject=subject).count() == 2
    assert ResourceUse.objects.get(order_id=order.pk).state == ResourceUseState.CONSUMED


def test_history_of_a_filed_order_is_whole_and_in_order(bureau):
    life = Life(bureau, is_recognised=False)
    recognise_everybody(life.order)
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()

    names = list(life.order.events.values_list("name", flat=True))
    assert names == [
        "start",
        "truthfulness_confirmed",
        "submit",
        "take",
        "pass_initial_review",
        "hand_over",
        "accept_at_bureau",
        "confirm_sms",
        "grant",
    ]


def test_filed_order_is_only_reminded_of_public_security(life, bureau):
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()

    rows = Deadline.objects.filter(object_id=life.order_id, done_at=None, cancelled_at=None)
    assert list(rows.values_list("kind", flat=True)) == ["public_security_reminder"]


def test_hand_over_does_not_move_the_order_before_the_bureau_accepts(life):
    life.submit()
    life.pass_review()
    life.hand_over()

    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    life.send()
    assert life.order.state == OrderState.SMS_VERIFICATION


def test_bureau_rejection_keeps_the_words_and_leads_back_through_initial_review(life, bureau):
    life.to_bureau_review()
    bureau.decide("refused", text="网站名称与主办单位无关")
    life.collect()

    assert life.order.state == OrderState.BUREAU_REJECTED
    assert life.order.bureau_opinion == "网站名称与主办单位无关"
    life.submit("submit_again")
    assert life.order.state == OrderState.INITIAL_REVIEW
    assert life.order.round == 2


def test_order_returned_by_the_ministry_goes_back_unchanged_with_fresh_codes(life, bureau):
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    bureau.fail_domain()
    life.collect()
    assert life.order.state == OrderState.RETURNED_BY_MIIT

    life.act("resubmit_unchanged")
    life.hand_over()
    sending.offer_records()
    life.verify_everybody()

    assert life.order.state == OrderState.BUREAU_REVIEW
    assert BureauRecord.objects.filter(order=life.order, closed_at=None).count() == 2
