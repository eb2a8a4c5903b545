"""Rows that have done their work are deleted, others stay."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from beian import clock, limits
from beian.models import AttemptBucket, IdempotencyKey
from beian.tasks import tidy

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def still_clock():
    with time_machine.travel(NOW, tick=False):
        yield


def key(hours_ago: float) -> IdempotencyKey:
    return IdempotencyKey.objects.create(
        owner="user:1",
        key=f"{hours_ago}".zfill(16),
        path="/filings/",
        created_at=clock.now() - timedelta(hours=hours_ago),
    )


def test_keys_of_posts_are_kept_as_long_as_the_setting_says(change_setting):
    change_setting("idempotency.keep_hours", 5)
    key(5.1)
    young = key(4.9)

    assert tidy() == 1

    assert IdempotencyKey.objects.get() == young


def test_counter_is_deleted_once_no_window_can_hold_it():
    for name, age in (("old", timedelta(hours=25)), ("young", timedelta(hours=23))):
        with time_machine.travel(NOW - age, tick=False):
            limits.hit(name, "13800000034", limit=1, window=limits.LONGEST_WINDOW)

    assert tidy() == 1

    assert AttemptBucket.objects.get().scope == "young"
    with pytest.raises(limits.LimitReached):
        limits.hit("young", "13800000034", limit=1, window=limits.LONGEST_WINDOW)


def test_limit_longer_than_counters_are_kept_is_refused():
    with pytest.raises(ValueError, match="forgotten"):
        limits.hit("code", "13800000034", limit=1, window=timedelta(days=2))


def test_ended_sessions_are_deleted_and_live_ones_stay():
    for seconds in (-60, 60):
        session = SessionStore()
        session.set_expiry(NOW + timedelta(seconds=seconds))
        session.create()

    tidy()

    assert Session.objects.get().expire_date == NOW + timedelta(seconds=60)
