"""What has waited for an order sees what was done meanwhile, its key included."""

import pytest
from django.db import transaction

from beian.actors import SYSTEM
from beian.crypto.provider import DecryptionFailed
from orders import workflow
from orders.actions import sending
from orders.actions.order_retention import erase_order
from orders.enums import HandoverState, OrderState
from orders.models import FilingOrder
from tests.builders import make_applicant, make_order
from tests.racing import held_up

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("own_files"),
]


@pytest.fixture
def handed_over(life):
    life.submit()
    life.pass_review()
    life.hand_over()
    return life


@transaction.atomic
def noted(order_id) -> int:
    return workflow.record_note(workflow.locked(order_id), "reminder", SYSTEM).sequence


@transaction.atomic
def locked(order_id) -> FilingOrder:
    return workflow.locked(order_id)


def test_sender_that_waited_for_a_withdrawal_sends_nothing(handed_over, bureau):
    with transaction.atomic():
        handed_over.act("withdraw")
        sent = held_up(sending.offer_records)

    assert (sent.result(), bureau.files) == (0, [])
    assert handed_over.order.bureau_records.get().state == HandoverState.CANCELLED


def test_event_that_waited_for_another_has_the_next_number():
    order = make_order(make_applicant())
    with transaction.atomic():
        first = noted(order.pk)
        second = held_up(lambda: noted(order.pk))

    assert second.result() == first + 1


def test_act_that_waited_for_the_erasure_opens_nothing_of_the_order():
    order = make_order(make_applicant(), state=OrderState.INITIAL_REJECTED)
    with transaction.atomic():
        erase_order(workflow.locked(order.pk))
        found = held_up(lambda: locked(order.pk))

    assert found.result().is_erased
    with pytest.raises(DecryptionFailed):
        _ = found.result().submission.dossier
