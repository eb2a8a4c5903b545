"""An order's life from submission to register, against nothing but its SQL sent again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.db import connection, transaction

from tests.bench.frame import Measure, bench, times_as_long
from tests.fake_bureau import FakeBureau
from tests.life import Life
from tests.statements import recorded

LIVES = 12
# Of the whole life.
MOST_QUERIES = 60


@bench("life")
def life() -> Iterator[Measure]:
    lives = [_lived() for _ in range(LIVES)]
    ours, replayed, statements = (min(column) for column in zip(*lives, strict=True))
    yield times_as_long("life-vs-its-sql", ours, replayed, "<=2.5")
    yield times_as_long("life-queries", statements, MOST_QUERIES, "<=1", "queries")


def _lived() -> tuple[float, float, int]:
    """Seconds of one life, seconds of its statements sent again, and how many they are."""
    with _bureau() as bureau, transaction.atomic():
        order = Life(bureau)
        start = transaction.savepoint()
        with recorded() as statements:
            ours = _seconds(lambda: _from_submission_to_register(order))
        transaction.savepoint_rollback(start)
        replayed = _seconds(lambda: _send_again(statements.run))
        transaction.set_rollback(True)
    return ours, replayed, len(statements)


@contextmanager
def _bureau() -> Iterator[FakeBureau]:
    bureau = FakeBureau()
    with (
        mock.patch("orders.actions.sending.gateway", return_value=bureau),
        mock.patch("orders.actions.results.gateway", return_value=bureau),
    ):
        yield bureau


def _from_submission_to_register(order: Life) -> None:
    order.to_bureau_review()
    order.bureau.decide("granted")
    order.collect()
    assert order.order.state == "filed"


def _send_again(statements: list[tuple[str, Any]]) -> None:
    with connection.cursor() as cursor:
        bare = cursor.cursor
        for sql, values in statements:
            bare.execute(sql, values)
            if bare.description:
                bare.fetchall()


def _seconds(run: Any) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
