"""A hundred thousand messages from the outbox, against a bare loop of Celery's `send_task`.

No task is sent for a message: beat wakes the relay, which reads the rows, as Redis holds no truth.
So rows per second are compared. Ours are messages handed to a provider that answers at once, every
attempt counted and every row marked; the opponent's are tasks handed to the broker with as much of
a message, of which nobody knows afterwards whether they were done.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from unittest import mock

from django.db import connection, transaction

from beian.actions.notices import Message, queue_notice, relay_notices
from beian.celery import app
from beian.enums import Channel, NoticeState
from beian.models import Notice
from tests.bench.frame import Measure, bench, rate_of
from tests.bench.many_codes import vacuum
from tests.bench.many_orders import multiply

NOTICES = 100_000
QUEUE = "bench-relay"
PASSES = 5
BODY = "备案订单 BA20260101-0001 被工信部退回：短信核验超时。资料无误可原样重新提交。"
RECIPIENTS = {Channel.SMS: "13800000034", Channel.MAIL: "lin@example.com"}


@bench("relay")
def relay() -> Iterator[Measure]:
    if connection.vendor != "postgresql":
        return
    _fill_outbox(NOTICES)
    vacuum()
    provider = _Provider()
    with mock.patch("beian.actions.notices.port", provider.serves):
        ours, other = _seconds_in_turn()
    assert len(provider.received) == NOTICES, len(provider.received)
    assert not Notice.objects.exclude(state=NoticeState.SENT, attempt_count=1).exists()
    _drop_tasks()
    rates = NOTICES / ours, NOTICES / other
    yield rate_of("relay-vs-send-task", *rates, ">=0.5", "rows/s")


class _Provider:
    """Takes everything at once, and keeps how often it was given each message."""

    def __init__(self) -> None:
        self.received = Counter[str]()

    def serves(self, _port: str) -> _Provider:
        return self

    def send(self, *, message_id: str, **_message: str) -> None:
        self.received[message_id] += 1


def _fill_outbox(count: int) -> None:
    """Half text messages, half mails, copied inside the database from two the product wrote."""
    with transaction.atomic():
        for channel, recipient in RECIPIENTS.items():
            notice = queue_notice(
                event_key="bench",
                channel=channel,
                recipient=recipient,
                message=Message("returned_by_miit", BODY, "备案订单被工信部退回"),
            )
            changes = {
                "id": "gen_random_uuid()",
                "event_key": "'bench ' || i",
                "next_attempt_at": "next_attempt_at + i * interval '1 us'",
            }
            multiply(Notice, notice.pk, 1, count // len(RECIPIENTS) - 1, changes)


def _seconds_in_turn() -> tuple[float, float]:
    """Some passes of the relay, then as many tasks, until the outbox is empty.

    In turn, so that whatever else the machine does slows both.
    """
    ours = other = 0.0
    while True:
        start = time.perf_counter()
        count = sum(relay_notices() for _pass in range(PASSES))
        between = time.perf_counter()
        if not count:
            return ours, other
        _send_tasks(count)
        ours += between - start
        other += time.perf_counter() - between


def _send_tasks(count: int) -> None:
    recipient = RECIPIENTS[Channel.SMS]
    for number in range(count):
        app.send_task("bench.send", (str(number), recipient, BODY), queue=QUEUE)


def _drop_tasks() -> None:
    with app.connection_for_write() as broker:
        broker.default_channel.queue_delete(QUEUE)
