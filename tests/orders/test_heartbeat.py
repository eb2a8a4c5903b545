"""A page that stays open keeps its case; one that lost it is told."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.dates import moment_text
from beian.enums import StaffRoleName as Role
from beian.models import Deadline
from orders.actions.review import take_order
from orders.models import FilingOrder
from tests.builders import client_of, make_staff, post
from tests.orders.test_queue import waiting_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_staff(Role.REVIEWER)


@pytest.fixture
def case(reviewer):
    order = waiting_order(1)
    take_order(reviewer.actor, order_id=order.pk)
    return order


def _beat(staff, order):
    return post(client_of(staff.user), reverse("orders:case-heartbeat", args=[order.pk]))


def test_beat_extends_the_lease_and_its_deadline(reviewer, case):
    soon = clock.now() + timedelta(minutes=5)
    FilingOrder.objects.filter(pk=case.pk).update(lease_until=soon)

    answer = _beat(reviewer, case)

    case.refresh_from_db()
    assert answer.json() == {"until": moment_text(case.lease_until)}
    assert case.lease_until > soon
    lease = Deadline.objects.get(kind="lease", object_id=case.pk, done_at=None, cancelled_at=None)
    assert lease.due_at == case.lease_until


def test_beat_after_the_lease_takes_nothing_back(reviewer, case):
    FilingOrder.objects.filter(pk=case.pk).update(lease_until=clock.now() - timedelta(seconds=1))

    assert _beat(reviewer, case).json() == {"until": None}


def test_beat_of_somebody_else_keeps_nothing(case):
    assert _beat(make_staff(Role.REVIEWER, name="reviewer-2"), case).json() == {"until": None}


def test_only_the_holders_page_beats(reviewer, case):
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    url = reverse("orders:case", args=[case.pk])

    assert "data-heartbeat" in client_of(reviewer.user).get(url).content.decode()
    assert "data-heartbeat" not in client_of(colleague.user).get(url).content.decode()
