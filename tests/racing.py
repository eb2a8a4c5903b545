"""Real threads with real database connections, let loose at the same moment."""

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")
START_LIMIT_S = 30.0


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
