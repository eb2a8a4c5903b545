"""Deadlines are rows; a sweep acts on each once."""

import uuid
from datetime import timedelta

import pytest

from beian import clock
from beian.actions import deadlines
from beian.models import Deadline, StaffNotice
from tests.statements import recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def acted(monkeypatch):
    """A kind whose handler only notes whom it was called for."""
    seen = []
    monkeypatch.setitem(
        deadlines._handlers, "test_kind", lambda deadline: seen.append(deadline.object_id)
    )
    return seen


def test_due_deadline_is_acted_on_once(acted):
    target = uuid.uuid4()
    deadlines.set_deadline("test_kind", target, clock.now() - timedelta(seconds=1))

    assert deadlines.sweep_deadlines() == 1
    assert deadlines.sweep_deadlines() == 0
    assert acted == [target]


def test_deadline_is_left_alone_a_second_before_and_due_on_the_second(acted, time_machine):
    time_machine.move_to("2026-11-23 09:00:00Z", tick=False)
    due_at = clock.now() + timedelta(seconds=1)
    deadlines.set_deadline("test_kind", uuid.uuid4(), due_at)

    assert deadlines.sweep_deadlines() == 0
    time_machine.move_to(due_at, tick=False)
    assert deadlines.sweep_deadlines() == 1


def test_deadline_set_again_moves(acted):
    target = uuid.uuid4()
    deadlines.set_deadline("test_kind", target, clock.now() - timedelta(minutes=1))
    deadlines.set_deadline("test_kind", target, clock.now() + timedelta(minutes=1))

    assert deadlines.sweep_deadlines() == 0
    assert Deadline.objects.count() == 1


def test_opening_and_moving_are_one_statement(acted):
    target, start = uuid.uuid4(), clock.now()
    for minutes in (1, 2):
        with recorded() as statements:
            deadlines.set_deadline("test_kind", target, start + timedelta(minutes=minutes))
        assert len(statements) == 1

    assert deadlines.open_deadline("test_kind", target).due_at == start + timedelta(minutes=2)


def test_deadline_that_failed_begins_anew_when_it_is_set_again(acted):
    target, at = uuid.uuid4(), clock.now()
    deadlines.set_deadline("test_kind", target, at)
    Deadline.objects.update(failure_count=3, failure="RuntimeError", not_before=at)

    deadlines.set_deadline("test_kind", target, at)

    row = Deadline.objects.get()
    assert (row.failure_count, row.failure, row.not_before) == (0, "", None)


def test_deadline_set_again_after_it_ended_is_another_row(acted):
    target = uuid.uuid4()
    deadlines.set_deadline("test_kind", target, clock.now() + timedelta(minutes=1))
    deadlines.cancel_deadlines(target)

    deadlines.set_deadline("test_kind", target, clock.now() + timedelta(minutes=2))

    assert Deadline.objects.filter(cancelled_at=None).count() == 1
    assert Deadline.objects.count() == 2


def test_cancelled_deadline_is_never_acted_on(acted):
    target = uuid.uuid4()
    deadlines.set_deadline("test_kind", target, clock.now() - timedelta(minutes=1))

    deadlines.cancel_deadlines(target, "test_kind")

    assert deadlines.sweep_deadlines() == 0
    assert acted == []


def test_broken_handler_keeps_its_row_open_and_does_not_stop_the_others(acted, monkeypatch):
    def fail(_deadline):
        raise RuntimeError("broken")

    monkeypatch.setitem(deadlines._handlers, "broken_kind", fail)
    broken, sound = uuid.uuid4(), uuid.uuid4()
    deadlines.set_deadline("broken_kind", broken, clock.now() - timedelta(minutes=2))
    deadlines.set_deadline("test_kind", sound, clock.now() - timedelta(minutes=1))

    assert deadlines.sweep_deadlines() == 1
    assert acted == [sound]
    assert deadlines.open_deadline("broken_kind", broken) is not None


def test_deadline_nobody_handles_is_refused():
    with pytest.raises(deadlines.UnknownDeadline):
        deadlines.set_deadline("nobody", uuid.uuid4(), clock.now())


def test_broken_row_waits_longer_each_time_and_is_counted(monkeypatch, time_machine):
    def fail(_deadline):
        raise RuntimeError("broken")

    monkeypatch.setitem(deadlines._handlers, "broken_kind", fail)
    start = clock.now()
    time_machine.move_to(start, tick=False)
    deadlines.set_deadline("broken_kind", uuid.uuid4(), start)
    row = Deadline.objects.get()
    tried = []
    for seconds in (0, 19, 20, 59, 60, 61):
        time_machine.move_to(start + timedelta(seconds=seconds), tick=False)
        deadlines.sweep_deadlines()
        row.refresh_from_db()
        tried.append(row.failure_count)

    assert tried == [1, 1, 2, 2, 3, 3]
    assert row.failure == "RuntimeError"


def test_many_broken_rows_do_not_keep_a_sound_one_waiting(acted, monkeypatch):
    def fail(_deadline):
        raise RuntimeError("broken")

    monkeypatch.setitem(deadlines._handlers, "broken_kind", fail)
    early = clock.now() - timedelta(minutes=2)
    for _number in range(3):
        deadlines.set_deadline("broken_kind", uuid.uuid4(), early)
    sound = uuid.uuid4()
    deadlines.set_deadline("test_kind", sound, clock.now() - timedelta(minutes=1))

    deadlines.sweep_deadlines(limit=3)
    deadlines.sweep_deadlines(limit=3)

    assert acted == [sound]


def test_administrators_are_told_when_a_row_keeps_failing(monkeypatch, change_setting):
    def fail(_deadline):
        raise RuntimeError("broken")

    change_setting("attention.deadline_failures", 1)
    monkeypatch.setitem(deadlines._handlers, "broken_kind", fail)
    for _number in range(2):
        deadlines.set_deadline("broken_kind", uuid.uuid4(), clock.now())

    deadlines.sweep_deadlines()

    assert StaffNotice.objects.get().audience == "technical"
