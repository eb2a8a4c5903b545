"""Runs that erase what is past its term: in batches, over broken rows, any number of times."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest

from beian import clock
from beian.actions import retention
from beian.actions.notice_retention import erase_notices
from beian.actions.retention import erase_past_term
from beian.crypto.digests import digest
from beian.enums import Channel, NoticeState
from beian.models import AuditEntry, Notice

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
HALF_A_YEAR = timedelta(days=183)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def still_clock(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def notice(age: timedelta, state: str = NoticeState.SENT) -> Notice:
    moment = clock.now() - age
    return Notice.objects.create(
        event_key=f"event {Notice.objects.count()}",
        template="submitted",
        channel=Channel.SMS,
        recipient="13800000034",
        recipient_digest=digest("recipient", "13800000034"),
        state=state,
        sent_at=moment,
        created_at=moment,
        next_attempt_at=moment,
    )


def trail() -> list[tuple[str, str]]:
    rows = AuditEntry.objects.filter(purpose="retention").order_by("pk")
    return list(rows.values_list("action", "field"))


def delete(keys: list) -> int:
    return Notice.objects.filter(pk__in=keys).delete()[0]


def test_sent_message_goes_half_a_year_after_it_was_written():
    old = notice(HALF_A_YEAR)
    young = notice(HALF_A_YEAR - SECOND)

    assert erase_notices() == 1

    assert list(Notice.objects.all()) == [young]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id, entry.actor_kind) == (
        "erase_notices",
        str(old.pk),
        "system",
    )
    assert erase_notices() == 0
    assert AuditEntry.objects.count() == 1


def test_message_that_failed_for_good_goes_as_well_and_one_that_waits_stays():
    notice(HALF_A_YEAR, NoticeState.FAILED)
    waiting = {notice(HALF_A_YEAR, state) for state in (NoticeState.QUEUED, NoticeState.SENDING)}

    assert erase_notices() == 1

    assert set(Notice.objects.all()) == waiting


def test_term_of_messages_is_a_setting(change_setting):
    change_setting("retention.notice_days", 40)
    notice(timedelta(days=40))
    notice(timedelta(days=40) - SECOND)

    assert erase_notices() == 1


def test_what_is_past_its_term_is_counted_for_the_monitors(client, settings):
    settings.MONITORS = [ip_network("127.0.0.1")]
    notice(HALF_A_YEAR)

    assert "beian_notices_past_term 1.0" in client.get("/metrics").text
    erase_notices()
    assert "beian_notices_past_term 0.0" in client.get("/metrics").text


def test_rows_are_taken_in_batches_with_one_entry_each():
    for _number in range(5):
        notice(HALF_A_YEAR)

    assert erase_past_term("erase_notices", Notice.objects.all(), delete, batch=2) == 5

    assert trail() == [
        ("erase_notices", "2 rows"),
        ("erase_notices", "2 rows"),
        ("erase_notices", ""),
    ]


def test_broken_row_stops_none_of_the_others(caplog):
    broken, *_others = (notice(HALF_A_YEAR) for _number in range(5))

    def stumble(keys: list) -> int:
        if broken.pk in keys:
            raise ValueError("broken")
        return delete(keys)

    assert erase_past_term("erase_notices", Notice.objects.all(), stumble, batch=2) == 4

    assert list(Notice.objects.all()) == [broken]
    assert str(broken.pk) in caplog.text


def test_batch_that_breaks_half_way_leaves_nothing_half_done():
    rows = [notice(HALF_A_YEAR) for _number in range(2)]

    def die(keys: list) -> int:
        delete(keys)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        erase_past_term("erase_notices", Notice.objects.all(), die)

    assert Notice.objects.count() == len(rows)
    assert trail() == []


def test_run_cut_off_in_the_middle_goes_on_where_it_stopped():
    for _number in range(5):
        notice(HALF_A_YEAR)
    batches = []

    def delete_once(keys: list) -> int:
        if batches:
            raise KeyboardInterrupt
        batches.append(keys)
        return delete(keys)

    with pytest.raises(KeyboardInterrupt):
        erase_past_term("erase_notices", Notice.objects.all(), delete_once, batch=2)
    assert Notice.objects.count() == 3

    assert erase_past_term("erase_notices", Notice.objects.all(), delete, batch=2) == 3
    assert not Notice.objects.exists()


def test_row_that_is_left_alone_is_asked_about_once_a_run():
    for _number in range(3):
        notice(HALF_A_YEAR)
    asked = []

    def refuse(keys: list) -> int:
        asked.extend(keys)
        return 0

    assert (
        erase_past_term("erase_notices", Notice.objects.all(), refuse, batch=retention.ALONE) == 0
    )

    assert len(asked) == 3
    assert trail() == []
