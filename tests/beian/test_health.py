"""Whoever watches learns that the installation works, and monitors learn what does not."""

from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, transaction

from beian import clock, readiness
from beian.actions.heartbeats import BEAT, SWEEP, living_beats, note_heartbeat
from beian.actions.notices import Message, queue_notice
from beian.actions.tidy import tidy
from beian.beat import HeartbeatScheduler
from beian.celery import app
from beian.enums import Channel
from beian.models import Deadline, Heartbeat
from beian.tasks import sweep_deadlines

pytestmark = pytest.mark.django_db
MOBILE = "13800000034"
# What a lost connection raises: first, and then for as long as it is kept.
AWAY = [OperationalError, InterfaceError]


@pytest.fixture
def alive() -> None:
    for kind in (BEAT, SWEEP):
        note_heartbeat(kind)


@pytest.fixture
def monitor(settings: Any) -> None:
    settings.MONITORS = [ip_network("127.0.0.1")]


def reasons(client: Any) -> dict[str, str]:
    answer = client.get("/readyz")
    found = {name: c["reason"] for name, c in answer.json()["checks"].items() if not c["ok"]}
    assert answer.status_code == (503 if found else 200)
    return found


def age(kind: str, seconds: int) -> None:
    Heartbeat.objects.filter(kind=kind).update(at=clock.now() - timedelta(seconds=seconds))


def test_ready_when_everything_works(client, alive):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


def test_strangers_are_not_told_the_reasons(client):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})


def test_silent_beat_and_sweep_are_told_to_monitors(client, monitor):
    assert reasons(client) == {BEAT: "no sign of life yet", SWEEP: "no sign of life yet"}

    note_heartbeat(BEAT)
    note_heartbeat(SWEEP)
    assert reasons(client) == {}
    age(BEAT, 61)
    age(SWEEP, 121)
    assert reasons(client) == {
        BEAT: "no sign of life for 61 s, limit 60 s",
        SWEEP: "no sign of life for 121 s, limit 120 s",
    }


def test_overdue_deadline_is_told_after_its_limit(client, alive, monitor, change_setting):
    now = clock.now()
    Deadline.objects.create(
        kind="x",
        object_id="00000000-0000-0000-0000-000000000001",
        due_at=now - timedelta(seconds=200),
        created_at=now,
    )
    assert reasons(client) == {}

    change_setting("health.deadline_overdue_seconds", 100)
    assert set(reasons(client)) == {"deadlines"}


def test_notice_that_waits_too_long_is_told(client, alive, monitor):
    with transaction.atomic():
        notice = queue_notice(
            event_key="e",
            channel=Channel.SMS,
            recipient=MOBILE,
            message=Message(template="t", body="正文"),
        )
    assert reasons(client) == {}

    notice.next_attempt_at = clock.now() - timedelta(seconds=301)
    notice.save()
    assert set(reasons(client)) == {"outbox"}
    assert MOBILE not in client.get("/readyz").content.decode()


def test_migrations_that_are_missing_are_told(client, alive, monitor, monkeypatch):
    monkeypatch.setattr(readiness, "_migrated", set())
    monkeypatch.setattr(
        readiness.MigrationExecutor, "migration_plan", lambda *_args: [("one", False)]
    )

    assert reasons(client) == {"migrations": "migrations are not applied"}


def test_broker_that_is_away_is_told_without_its_address(client, alive, monitor, settings):
    settings.EMBEDDED_BROKER = True
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": "/nowhere/secret"}

    assert reasons(client) == {"broker": "the broker's folder cannot be written"}


def test_redis_that_is_away_is_told_in_time(settings, monkeypatch):
    settings.EMBEDDED_BROKER = False
    monkeypatch.setattr(app.conf, "broker_url", "redis://:hidden@127.0.0.1:1/0")

    result = readiness._broker()

    assert result.reason == "the broker does not answer"


@pytest.mark.parametrize("error", AWAY)
def test_database_that_is_away_is_a_reason_and_no_error(monkeypatch, error):
    def fail() -> None:
        raise error("password=secret host=10.0.0.3")

    monkeypatch.setitem(readiness.CHECKS, "database", fail)
    found = {result.name: result.reason for result in readiness.readiness()}

    assert found["database"] == f"the database does not answer ({error.__name__})"


def test_sweep_task_leaves_a_sign_of_life():
    sweep_deadlines()

    assert Heartbeat.objects.get().kind == SWEEP


def test_beat_leaves_one_sign_of_life_per_process(tmp_path):
    scheduler = HeartbeatScheduler(app=app, schedule_filename=str(tmp_path / "s"), lazy=True)
    scheduler.note()
    scheduler.note()
    assert (Heartbeat.objects.get().kind, living_beats()) == (BEAT, 1)

    note_heartbeat(BEAT, "another-machine:1")
    assert living_beats() == 2


@pytest.mark.parametrize("error", AWAY)
def test_beat_goes_on_without_a_database(tmp_path, monkeypatch, error):
    def fail(*_args: object) -> None:
        raise error

    monkeypatch.setattr("beian.actions.heartbeats.note_heartbeat", fail)
    monkeypatch.setattr("beian.beat.connection.close", lambda: None)

    HeartbeatScheduler(app=app, schedule_filename=str(tmp_path / "s"), lazy=True).note()


def test_signs_of_stopped_processes_are_forgotten(alive):
    age(BEAT, 2 * 24 * 3600)

    assert tidy() == 1
    assert Heartbeat.objects.get().kind == SWEEP
