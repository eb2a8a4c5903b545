"""What was written against what arrived: nothing lost, nothing seen twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import UUID

from beian.enums import Channel, NoticeState
from beian.models import Notice
from tests.kill.applicants import Person

Seen = Counter[tuple[str, str, str]]
SENDABLE = (Channel.SMS, Channel.MAIL)


def unsent() -> int:
    rows = Notice.objects.filter(channel__in=SENDABLE)
    return rows.exclude(state=NoticeState.SENT).count()


def known() -> set[UUID]:
    """Messages of an earlier run on the same database."""
    return set(Notice.objects.values_list("pk", flat=True))


def written(before: set[UUID]) -> Seen:
    """Channel, recipient and text of every message that had to go out."""
    rows = [row for row in Notice.objects.filter(channel__in=SENDABLE) if row.pk not in before]
    return Counter((row.channel, row.recipient, row.body) for row in rows)


def arrived(outside_database: Path) -> Seen:
    """The same of everything that people see on phones and in mailboxes."""
    query = "select channel, recipient, text from outside_message"
    with closing(sqlite3.connect(outside_database)) as database:
        return Counter(database.execute(query).fetchall())


def wrong_histories(people: list[Person]) -> int:
    """Acts that happened more or less often than their applicants know of."""
    wrong = 0
    for person in people:
        events = Counter(person.order.events.values_list("name", flat=True))
        # The builder's order has a `start` only; everything else came through the web.
        wrong += sum(abs(events[name] - times) for name, times in person.done.items())
        told = person.order.events.filter(name="submit").count()
        mails = Notice.objects.filter(
            order_id=person.order.pk, template="submitted", channel=Channel.MAIL
        )
        wrong += abs(mails.count() - told)
    return wrong
