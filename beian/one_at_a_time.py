"""Tasks that beat asks for again while they still run: one run at a time in a process.

A provider that hangs then holds one thread of a worker, and not all of them. The mark dies with
the process; what several processes do at once is settled in the database.
"""

import threading
from collections.abc import Callable
from functools import wraps


def one_at_a_time(run: Callable[[], int]) -> Callable[[], int]:
    """Nothing is done (0) while the function still runs in another thread of this process."""
    running = threading.Lock()

    @wraps(run)
    def run_alone() -> int:
        if not running.acquire(blocking=False):
            return 0
        try:
            return run()
        finally:
            running.release()

    return run_alone
