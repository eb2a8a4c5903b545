"""Counting how often something may be done."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from beian import limits

HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_hit_is_refused_after_the_limit_and_says_how_long_to_wait():
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        for _count in range(3):
            limits.hit("code", "13800000034", limit=3, window=HOUR)

        with pytest.raises(limits.LimitReached) as refused:
            limits.hit("code", "13800000034", limit=3, window=HOUR)

    assert refused.value.retry_after == 3601


@pytest.mark.django_db
def test_hit_of_another_key_has_a_count_of_its_own():
    limits.hit("code", "13800000034", limit=1, window=HOUR)

    limits.hit("code", "13800000035", limit=1, window=HOUR)


@pytest.mark.django_db
def test_window_starts_afresh_when_it_is_over():
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        limits.hit("code", "13800000034", limit=1, window=HOUR)
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False):
        limits.hit("code", "13800000034", limit=1, window=HOUR)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_racing_hits_never_pass_the_limit():
    def try_once(_number):
        try:
            limits.hit("code", "racer", limit=5, window=HOUR)
        except limits.LimitReached:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(20) as pool:
        passed = sum(pool.map(try_once, range(60)))

    assert passed == 5
