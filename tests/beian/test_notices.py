"""The outbox: written with the event, sent once, retried with a limit."""

from typing import ClassVar
from uuid import UUID

import pytest
from django.db import transaction

from beian.actions import notices
from beian.actions.notices import Message, OutboxError, queue_notice, relay_notices
from beian.enums import Channel, NoticeState
from beian.models import Notice
from beian.ports.base import DeliveryFailed

PHONE = "13800000034"


class FakeSms:
    def __init__(self, failures=0):
        self.failures = failures
        self.sent = []

    def send(self, *, message_id, recipient, sender, text):
        if self.failures:
            self.failures -= 1
            raise DeliveryFailed("line is down")
        self.sent.append((recipient, text))


@pytest.fixture
def sms(monkeypatch):
    fake = FakeSms()
    monkeypatch.setattr(notices, "port", lambda _name: fake)
    return fake


def queue(event_key="event-1", body="您好", **extra):
    with transaction.atomic():
        return queue_notice(
            event_key=event_key,
            channel=Channel.SMS,
            recipient=PHONE,
            message=Message(template="test", body=body, **extra),
        )


@pytest.mark.django_db(transaction=True)
def test_notice_outside_a_transaction_is_refused():
    with pytest.raises(OutboxError):
        queue_notice(
            event_key="e",
            channel=Channel.SMS,
            recipient=PHONE,
            message=Message(template="test", body="x"),
        )


@pytest.mark.django_db
def test_same_event_and_recipient_are_one_notice(sms):
    first, second = queue(), queue()

    assert first.pk == second.pk
    assert relay_notices() == 1
    assert sms.sent == [(PHONE, "您好")]


@pytest.mark.django_db
def test_sent_notice_is_not_sent_again(sms):
    queue()
    relay_notices()

    assert relay_notices() == 0
    assert Notice.objects.get().state == NoticeState.SENT


@pytest.mark.django_db
def test_secret_notice_loses_its_body_when_sent(sms):
    queue(body="验证码 204817", is_secret=True)

    relay_notices()

    assert Notice.objects.get().body == ""
    assert sms.sent == [(PHONE, "验证码 204817")]


@pytest.mark.django_db
def test_failed_notice_waits_longer_each_time_and_then_gives_up(sms, time_machine):
    time_machine.move_to("2026-11-23 09:00:00Z", tick=False)
    sms.failures = 99
    notice = queue(is_secret=True)
    waits = []
    for _attempt in range(6):
        relay_notices()
        notice.refresh_from_db()
        waits.append(int((notice.next_attempt_at - notice.created_at).total_seconds()))
        time_machine.move_to(notice.next_attempt_at, tick=False)

    assert notice.state == NoticeState.FAILED
    assert waits == [20, 60, 140, 300, 620, 1260]
    assert notice.body == ""
    assert relay_notices() == 0


@pytest.mark.django_db
def test_notice_of_a_relay_that_died_is_taken_over(sms, time_machine):
    time_machine.move_to("2026-11-23 09:00:00Z", tick=False)
    queue()
    assert notices._take(Notice.objects.get())

    assert relay_notices() == 0
    time_machine.move_to("2026-11-23 09:02:01Z", tick=False)
    assert relay_notices() == 1


@pytest.mark.django_db
def test_provider_that_hangs_is_tried_once_a_run_and_the_untried_keep_their_attempts(sms):
    for number in range(3):
        queue(event_key=f"event-{number}")
    sms.failures = 1

    assert relay_notices() == 0
    assert sorted(Notice.objects.values_list("attempt_count", "state")) == [
        (0, NoticeState.QUEUED),
        (0, NoticeState.QUEUED),
        (1, NoticeState.QUEUED),
    ]
    assert relay_notices() == 2


@pytest.mark.django_db
def test_mail_goes_out_while_the_short_messages_hang(monkeypatch):
    class Mail:
        sent: ClassVar[list[str]] = []

        def send(self, *, message_id, recipient, subject, text):
            self.sent.append(recipient)

    ports = {"sms": FakeSms(failures=1), "mail": Mail()}
    monkeypatch.setattr(notices, "port", ports.__getitem__)
    for number in range(3):
        queue(event_key=f"event-{number}")
    message = Message(template="test", body="您好")
    with transaction.atomic():
        queue_notice(
            event_key="mail", channel=Channel.MAIL, recipient="a@example.com", message=message
        )

    assert relay_notices(limit=2) == 1
    assert Mail.sent == ["a@example.com"]


@pytest.mark.django_db
def test_notice_another_relay_has_taken_meanwhile_is_not_sent_twice(sms, monkeypatch):
    first, second = queue("event-1"), queue("event-2")
    send = sms.send

    def send_while_another_takes(**message):
        other = second if message["message_id"] == str(first.pk) else first
        notices._take(other)
        send(**message)

    monkeypatch.setattr(sms, "send", send_while_another_takes)

    assert relay_notices() == 1
    assert len(sms.sent) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 9, 10, 11, 25])
def test_every_sent_message_is_marked_and_secrets_are_emptied(sms, count):
    for number in range(count):
        queue(event_key=f"event-{number}", is_secret=number % 3 == 0)

    assert relay_notices() == count

    rows = Notice.objects.order_by("created_at")
    assert {notice.state for notice in rows} == {NoticeState.SENT}
    assert [bool(notice.body) for notice in rows] == [number % 3 != 0 for number in range(count)]


@pytest.mark.django_db
def test_messages_before_one_that_breaks_the_relay_are_marked(sms, monkeypatch):
    send, given = sms.send, []

    def break_at_the_third(**message):
        given.append(message["message_id"])
        if len(given) == 3:
            raise RuntimeError("broken")
        send(**message)

    monkeypatch.setattr(sms, "send", break_at_the_third)
    for number in range(4):
        queue(event_key=f"event-{number}")

    with pytest.raises(RuntimeError):
        relay_notices()

    states = dict(Notice.objects.values_list("pk", "state"))
    assert [states[UUID(key)] for key in given] == ["sent", "sent", "sending"]


@pytest.mark.django_db
def test_slow_provider_has_each_message_marked_at_once(sms, monkeypatch):
    monkeypatch.setattr(notices, "_UNMARKED_S", -1)
    seen, send = [], sms.send

    def look_and_send(**message):
        seen.append(Notice.objects.filter(state=NoticeState.SENT).count())
        send(**message)

    monkeypatch.setattr(sms, "send", look_and_send)
    for number in range(3):
        queue(event_key=f"event-{number}")
    relay_notices()

    assert seen == [0, 1, 2]


@pytest.mark.django_db
def test_portal_notice_is_there_at_once():
    with transaction.atomic():
        notice = queue_notice(
            event_key="e",
            channel=Channel.PORTAL,
            recipient="account-1",
            message=Message(template="test", subject="已提交", body="正文"),
        )

    assert notice.state == NoticeState.SENT
