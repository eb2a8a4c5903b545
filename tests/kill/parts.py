"""The processes `./dev run` starts, each to be killed and started again by itself."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from beian.launch import processes
from beian.launch.place import ROOT, Place
from beian.launch.processes import Process
from tests.browser.product import free_pair
from tests.private_servers import RedisServer, redis_server

# The relay is a task of the worker; what makes it run is the clock of the sweeps.
RELAY = "relay"
MAKERS: dict[str, Callable[[Place], Process]] = {
    "web": processes.web,
    "worker": processes.worker,
    RELAY: processes.beat,
}
OUTSIDE, REDIS = "outside", "redis"
KILLED = (*MAKERS, REDIS)


class Parts:
    """Processes by name. A kill takes the whole process group, as a lack of memory would."""

    def __init__(
        self,
        place: Place,
        environment: dict[str, str],
        redis: RedisServer,
        names: Iterable[str] = tuple(MAKERS),
    ) -> None:
        self.place = place
        self.environment = environment
        self.redis = redis
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.log = (place.state / "processes.log").open("ab")
        self._start(processes.outside(place))
        for name in names:
            self.start(name)

    def start(self, name: str) -> None:
        if name == REDIS:
            self.redis.start()
        else:
            made = MAKERS[name](self.place)
            self._start(Process(name, made.command))

    def _start(self, process: Process) -> None:
        self.running[process.name] = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *process.command],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self, name: str) -> None:
        if name == REDIS:
            self.redis.kill()
        else:
            self._kill_group(self.running[name])

    def ended(self) -> list[str]:
        """Names of processes that ended by themselves."""
        return [name for name, process in self.running.items() if process.poll() is not None]

    def stop(self) -> None:
        for process in self.running.values():
            self._kill_group(process)
        self.log.close()

    @staticmethod
    def _kill_group(process: subprocess.Popen[bytes]) -> None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def move_clock(self, ahead: timedelta) -> None:
        """As the button of the outside world does: every process of the product reads the file."""
        path = self.place.state / "clock.json"
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({"offset_seconds": int(ahead.total_seconds())}))
        fresh.replace(path)

    def log_tail(self) -> str:
        text = (self.place.state / "processes.log").read_text("utf-8", "replace")
        return "\n".join(text.splitlines()[-40:])


@contextmanager
def running_parts(names: Iterable[str] = tuple(MAKERS)) -> Iterator[Parts]:
    """The product on the database of this process, with a Redis and an outside world of its own.

    Or only the processes named.
    """
    place = Place("127.0.0.1", free_pair(), Path(settings.STATE_DIR))
    with ExitStack() as stack:
        redis = stack.enter_context(redis_server())
        environment = place.environment() | {
            "BEIAN_DATABASE_URL": _database_url(),
            "BEIAN_BROKER_URL": f"{redis.url}/0",
            "OUTSIDE_DATABASE": str(place.state / f"outside-{place.port}.sqlite3"),
        }
        collecting = _collect_static(environment)
        parts = Parts(place, environment, redis, names)
        stack.callback(parts.stop)
        collecting.wait()
        yield parts


def _database_url() -> str:
    """The test database itself, which has another name than the one it was made beside."""
    values = connection.settings_dict
    return f"postgres://{values['USER']}@{values['HOST']}:{values['PORT']}/{values['NAME']}"


def _collect_static(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Beside the start of the others: the first page with a stylesheet comes later."""
    command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=environment)
