"""The outbox: a notice is a row written with its event, sent after commit, swept when stuck."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actions.staff_alarms import tell_of_failed_notice
from beian.crypto.digests import digest
from beian.enums import Channel, NoticeState
from beian.logs import scrub
from beian.models import Account, Notice
from beian.ports.base import DeliveryFailed
from beian.ports.registry import port
from beian.site_settings import setting

# A worker that took a row and died is overtaken after this time; longer than any send may take.
_TAKEN_FOR = timedelta(minutes=2)
# Sent messages are marked so when they are this many, or have waited this long for others.
_MARKED_AT_ONCE = 10
_UNMARKED_S = 0.5


class OutboxError(Exception):
    """A notice was queued where it could be lost."""


@dataclass(frozen=True)
class Message:
    """What is said: a subject line (mail, portal) and a body."""

    template: str
    body: str
    subject: str = ""
    is_secret: bool = False
    language: str = "zh-hans"
    sender: str = ""


@dataclass(frozen=True)
class Addressed:
    """A message to one recipient: a phone number, a mail address or (portal) the account's id."""

    channel: Channel
    recipient: str
    message: Message
    account_id: UUID | None = None

    def fields(self, order_id: UUID | None) -> dict[str, Any]:
        """The columns of its row but those that make it the same notice."""
        now = clock.now()
        is_portal = self.channel == Channel.PORTAL
        return {
            "template": self.message.template,
            "recipient": self.recipient,
            "sender": self.message.sender,
            "account_id": self.account_id,
            "order_id": order_id,
            "language": self.message.language,
            "subject": self.message.subject,
            "body": self.message.body,
            "is_secret": self.message.is_secret,
            "state": NoticeState.SENT if is_portal else NoticeState.QUEUED,
            "sent_at": now if is_portal else None,
            "next_attempt_at": now,
            "created_at": now,
        }

    def identity(self, event_key: str) -> dict[str, Any]:
        """What may be there only once (constraint `notice_once`)."""
        recipient = digest("recipient", self.recipient)
        return {"event_key": event_key, "recipient_digest": recipient, "channel": self.channel}


def queue_notice(
    *,
    event_key: str,
    channel: Channel,
    recipient: str,
    message: Message,
    account: Account | None = None,
    order_id: UUID | None = None,
) -> Notice:
    """Write one notice; the same event, recipient and channel give the same row.

    Must run inside the transaction of its event: raises OutboxError otherwise.
    """
    _inside_transaction()
    addressed = Addressed(channel, recipient, message, account.pk if account else None)
    notice, _created = Notice.objects.get_or_create(
        **addressed.identity(event_key), defaults=addressed.fields(order_id)
    )
    return notice


def queue_notices(
    event_key: str, notices: Iterable[Addressed], *, order_id: UUID | None = None
) -> None:
    """Write all notices of one event in one statement, as `queue_notice` writes each."""
    queue_notices_of((event_key, order_id, each) for each in notices)


def queue_notices_of(notices: Iterable[tuple[str, UUID | None, Addressed]]) -> None:
    """The same for many events: each notice with its event's key and its order."""
    _inside_transaction()
    rows = (Notice(**each.identity(key), **each.fields(order)) for key, order, each in notices)
    Notice.objects.bulk_create(rows, ignore_conflicts=True)


def _inside_transaction() -> None:
    if not transaction.get_connection().in_atomic_block:
        raise OutboxError("a notice outside a transaction: its event could be lost")


def _due() -> QuerySet[Notice]:
    return Notice.objects.filter(
        state__in=[NoticeState.QUEUED, NoticeState.SENDING], next_attempt_at__lte=clock.now()
    )


def _take(notice: Notice) -> bool:
    """Mark a due row as ours for a while and count the attempt; safe with any number of relays.

    Only right before it is sent: an attempt is a message that a provider was given. A row that
    was tried since it was read is left to the next run.
    """
    as_read = _due().filter(pk=notice.pk, attempt_count=notice.attempt_count)
    notice.attempt_count += 1
    return bool(
        as_read.update(
            state=NoticeState.SENDING,
            next_attempt_at=clock.now() + _TAKEN_FOR,
            attempt_count=notice.attempt_count,
        )
    )


def _deliver(notice: Notice) -> None:
    if notice.channel == Channel.SMS:
        port("sms").send(
            message_id=str(notice.pk),
            recipient=notice.recipient,
            sender=notice.sender or setting("site.sms_signature"),
            text=notice.body,
        )
    else:
        port("mail").send(
            message_id=str(notice.pk),
            recipient=notice.recipient,
            subject=notice.subject,
            text=notice.body,
        )


def _note_failure(notice: Notice, reason: str) -> None:
    is_last = notice.attempt_count >= setting("notice.attempts")
    wait = setting("notice.retry_seconds") * 2 ** max(notice.attempt_count - 1, 0)
    notice.state = NoticeState.FAILED if is_last else NoticeState.QUEUED
    notice.next_attempt_at = clock.now() + timedelta(seconds=wait)
    # A provider may repeat the number it could not reach, or the code it could not bring.
    notice.failure = scrub(reason)[:200]
    if is_last and notice.is_secret:
        notice.body = ""
    notice.save(update_fields=["state", "next_attempt_at", "failure", "body"])
    if is_last and notice.needs_person:
        tell_of_failed_notice(notice)


def _send(notice: Notice) -> bool:
    """Send one taken notice; the provider recognises a repeated `message_id`."""
    try:
        _deliver(notice)
    except DeliveryFailed as error:
        _note_failure(notice, error.reason)
        return False
    return True


class _Given:
    """What the provider was given, marked as sent a few at a time: at once where sending is slow.

    A worker that is killed before gives the provider the same `message_id` again, as after any
    message whose answer it did not live to see.
    """

    def __init__(self) -> None:
        self.count = 0
        self._unmarked: list[Notice] = []
        self._marked_at = monotonic()

    def add(self, notice: Notice) -> None:
        self.count += 1
        self._unmarked.append(notice)
        if len(self._unmarked) == _MARKED_AT_ONCE:
            self.mark()
        self.mark_if_late()

    def mark_if_late(self) -> None:
        """Before the next is given as well: it may take long, and rows are held for minutes."""
        if monotonic() - self._marked_at > _UNMARKED_S:
            self.mark()

    def mark(self) -> None:
        sent = {"state": NoticeState.SENT, "sent_at": clock.now(), "failure": ""}
        for is_secret, emptied in ((False, {}), (True, {"body": ""})):
            keys = [notice.pk for notice in self._unmarked if notice.is_secret is is_secret]
            if keys:
                Notice.objects.filter(pk__in=keys).update(**sent, **emptied)
        self._unmarked.clear()
        self._marked_at = monotonic()


def _relay(channel: Channel, limit: int) -> int:
    """Stops at the first message that fails: a provider that hangs costs one timeout, no more.

    The others stay as they are, for the next run.
    """
    due = _due().filter(channel=channel).order_by("next_attempt_at")
    given = _Given()
    try:
        for notice in list(due[:limit]):
            given.mark_if_late()
            if not _take(notice):
                continue
            if not _send(notice):
                break
            given.add(notice)
    finally:
        given.mark()
    return given.count


def relay_notices(limit: int = 100) -> int:
    """Send what is due, up to `limit` of a channel; returns how many were sent."""
    return sum(_relay(channel, limit) for channel in (Channel.SMS, Channel.MAIL))
