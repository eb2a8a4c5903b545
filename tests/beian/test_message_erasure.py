"""Messages of an order are found without reading the whole outbox."""

import uuid

import pytest
from django.db import connection, transaction

from beian.actions.message_erasure import code_event, erase_messages, messages_of
from beian.actions.notices import Message, queue_notice
from beian.enums import Channel
from beian.models import Notice

pytestmark = pytest.mark.django_db
ORDER, OTHER = uuid.uuid4(), uuid.uuid4()


def queue(event_key: str, order_id: uuid.UUID | None = None, *, is_secret: bool = False) -> None:
    message = Message("any", "您好", is_secret=is_secret)
    with transaction.atomic():
        queue_notice(
            event_key=event_key,
            channel=Channel.SMS,
            recipient="13800000034",
            message=message,
            order_id=order_id,
        )


def test_messages_about_an_order_and_codes_for_it_go_and_no_others():
    for order in (ORDER, OTHER):
        queue(f"about {order}", order)
        queue(f"{code_event(order)}1", is_secret=True)
    queue(f"{code_event(None)}1", is_secret=True)

    erase_messages(ORDER)

    kept = [f"about {OTHER}", f"{code_event(OTHER)}1", "code:1"]
    assert sorted(Notice.objects.values_list("event_key", flat=True)) == sorted(kept)


@pytest.mark.postgres
def test_each_question_has_an_index(django_assert_num_queries):
    with transaction.atomic(), connection.cursor() as cursor:
        # On an empty table the planner would read it whole.
        cursor.execute("SET LOCAL enable_seqscan = off")
        with django_assert_num_queries(2) as asked:
            messages_of(ORDER)
        plans = []
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))

    assert "beian_notice_order_id" in plans[0]
    assert "notice_codes" in plans[1]
