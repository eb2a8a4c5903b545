"""A task that hangs holds one thread of a worker."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from beian import tasks
from beian.one_at_a_time import one_at_a_time
from verification import tasks as checks


def test_second_run_does_nothing_while_the_first_hangs():
    begun, may_end = threading.Event(), threading.Event()

    @one_at_a_time
    def hang() -> int:
        begun.set()
        assert may_end.wait(10)
        return 1

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(hang)
        assert begun.wait(10)
        assert hang() == 0
        may_end.set()
        assert first.result() == 1
    assert hang() == 1


def test_task_that_failed_may_run_again():
    @one_at_a_time
    def fail() -> int:
        raise ValueError("broken")

    for _run in range(2):
        with pytest.raises(ValueError, match="broken"):
            fail()


@pytest.mark.parametrize(
    ("task", "room", "action"),
    [
        (tasks.relay_notices, tasks.notices, "relay_notices"),
        (tasks.sync_stale_inventories, tasks.inventory, "sync_requested_inventories"),
        (checks.answer_real_name_requests, checks.real_name, "answer_requests"),
        (checks.answer_face_photos, checks.face_answers, "answer_photos"),
    ],
)
def test_tasks_that_ask_providers_do_not_start_beside_themselves(monkeypatch, task, room, action):
    inner = []

    def run() -> int:
        inner.append(task())
        return 7

    monkeypatch.setattr(room, action, run)

    assert task() == 7
    assert inner == [0]
