"""Real threads with real database connections, let loose at the same moment."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connection, connections

Answer = TypeVar("Answer")
START_LIMIT_S = 30.0
_LOOK_AGAIN_S = 0.01
_WAITS_FOR_US = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
)
"""


def race(jobs: Sequence[Callable[[], Answer]], *, threads: int = 50) -> list[Answer | Exception]:
    """Do `jobs` on at most `threads` connections at once; answers, or what was raised, in order."""
    answers: dict[int, Answer | Exception] = {}
    waiting: SimpleQueue[int] = SimpleQueue()
    for number in range(len(jobs)):
        waiting.put(number)
    count = min(threads, len(jobs))
    gate = threading.Barrier(count)

    def work() -> None:
        connections["default"].ensure_connection()
        gate.wait(START_LIMIT_S)
        try:
            while True:
                number = waiting.get_nowait()
                try:
                    answers[number] = jobs[number]()
                except Exception as error:  # noqa: BLE001  # the test looks at what was raised
                    answers[number] = error
        except Empty:
            return
        finally:
            connections.close_all()

    runners = [threading.Thread(target=work) for _number in range(count)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return [answers[number] for number in range(len(jobs))]


def held_up(job: Callable[[], Answer]) -> Future[Answer]:
    """Start `job` on a connection of its own and come back once it waits for a lock of the
    transaction we are in; its answer comes after that. Raises what the job raised before."""

    def work() -> Answer:
        try:
            return job()
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    answer = pool.submit(work)
    pool.shutdown(wait=False)
    give_up = time.monotonic() + START_LIMIT_S
    while not _waits_for_us():
        if answer.done() or time.monotonic() > give_up:
            raise AssertionError(f"waits for no lock: {answer}") from answer.exception(0)
        time.sleep(_LOOK_AGAIN_S)
    return answer


def _waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS_FOR_US)
        return cursor.fetchone()[0]
