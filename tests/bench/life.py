"""An order's life from submission to register, against nothing but its SQL sent again.

Watched is what the product does in each act, its pages and what this walk looks up for itself (the
code in a message, whom to call) left out. Rules of the release and the bureau's line are there, as
for every order but the first.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from unittest import mock

from django.db import connection, transaction

from orders.actions.calls import Call, note_call
from orders.actions.checklist import Answer, answer_items
from orders.actions.sending import offer_records
from orders.actions.sms import attempt_verification, challenges_of
from orders.actions.submit import submit_order
from orders.agreements import required_of
from orders.calls import callees_of
from orders.checklist.items import items_for
from orders.enums import CallOutcome, Verdict
from orders.rulebook.judging import keep_shipped
from tests.bench.frame import Measure, bench, times_as_long
from tests.fake_bureau import FakeBureau
from tests.life import Life, entry_for
from tests.statements import KEPT_TABLES, recorded

LIVES = 12
# Of the whole life.
MOST_QUERIES = 60


class Watch:
    """Seconds and statements of each act it is given."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.run: list[list[tuple[str, Any]]] = []

    def __call__(self, act: Callable[..., Any], *args: Any, **named: Any) -> None:
        with recorded() as statements:
            self.seconds.append(_seconds(lambda: act(*args, **named)))
        self.run.append(statements.run)


@bench("life")
def life() -> Iterator[Measure]:
    lives = [_lived() for _ in range(LIVES)]
    ours, replayed, statements = (_least(each) for each in zip(*lives, strict=True))
    yield times_as_long("life-vs-its-sql", ours, replayed, "<=2.5")
    yield times_as_long("life-queries", statements, MOST_QUERIES, "<=1", "queries")


def _least(lives: Iterable[Sequence[float]]) -> float:
    """The sum of the acts, each as it was least disturbed by the machine."""
    return sum(min(act) for act in zip(*lives, strict=True))


def _lived() -> tuple[list[float], list[float], list[int]]:
    """Of each act of a life: its seconds, those of its statements sent again, their number."""
    with _bureau() as bureau, transaction.atomic():
        order = _before_submission(bureau)
        start = transaction.savepoint()
        watched = Watch()
        from_submission_to_register(order, watched)
        transaction.savepoint_rollback(start)
        replayed = [_seconds(partial(_send_again, run)) for run in watched.run]
        transaction.set_rollback(True)
    return watched.seconds, replayed, [len(run) for run in watched.run]


def statements_of_a_life() -> list[str]:
    """Those of every act but what a process reads again every few seconds, whatever it does."""
    watched = Watch()
    with _bureau() as bureau:
        from_submission_to_register(_before_submission(bureau), watched)
    sent = [sql for run in watched.run for sql, _values in run]
    return [sql for sql in sent if not any(table in sql for table in KEPT_TABLES)]


def _before_submission(bureau: FakeBureau) -> Life:
    """An order to be submitted, in a house that has filed others before."""
    order = Life(bureau)
    keep_shipped()
    offer_records()
    return order


@contextmanager
def _bureau() -> Iterator[FakeBureau]:
    bureau = FakeBureau()
    with (
        mock.patch("orders.actions.sending.gateway", return_value=bureau),
        mock.patch("orders.actions.results.gateway", return_value=bureau),
    ):
        yield bureau


def from_submission_to_register(order: Life, watched: Watch) -> None:
    draft = order.order
    agreed = required_of(draft)
    watched(submit_order, order.applicant.actor, draft.pk, version=draft.version, agreed=agreed)
    _review(order, watched)
    watched(order.hand_over)
    watched(order.send)
    _verify(order, watched)
    watched(order.send)
    order.bureau.decide("granted")
    watched(order.collect)
    assert order.order.state == "filed"


def _review(order: Life, watched: Watch) -> None:
    actor, order_id = order.reviewer.actor, order.order_id
    watched(order.act, "take", order.reviewer)
    case = order.order
    for callee in callees_of(case, case.submission.dossier):
        call = Call(callee.path, CallOutcome.CONFIRMED)
        watched(note_call, actor, order_id=order_id, call=call)
    answers = [Answer(item.key, Verdict.PASS) for item in items_for(case)]
    watched(answer_items, actor, order_id=order_id, answers=answers)
    watched(order.act, "pass_initial_review", order.reviewer)


def _verify(order: Life, watched: Watch) -> None:
    case = order.order
    for challenge in challenges_of(case):
        watched(
            attempt_verification,
            order_id=case.pk,
            challenge_id=challenge.pk,
            entry=entry_for(case, challenge),
        )


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
