"""Deadlines are rows; a sweep acts on each once."""

import uuid
from datetime import timedelta

import pytest

from beian import clock
from beian.actions import deadlines
from beian.models import Deadline

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
