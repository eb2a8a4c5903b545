"""A running copy of the product: its processes, its ports, its own state."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2.sql import SQL, Identifier

from tests import services
from tests.consistency.sources import ROOT
from tests.private_servers import free_port

START_LIMIT_S = 120.0
# Nobody learns anything from a worker that sleeps: the journeys let it wake more often.
WAKE_MS = 500
STOP_LIMIT_S = 20.0
LOG_LINES = 60

JOURNEY_REDIS_DATABASE = 60
"""Above the numbers of the xdist workers, which have a Redis database each."""


class Product:
    """Addresses of a running copy and what its processes have logged."""

    def __init__(self, kind: str, state: Path, wake_ms: int = WAKE_MS) -> None:
        self.port = port = free_pair()
        self.state = state
        self.url = f"http://127.0.0.1:{port}"
        self.outside_url = f"http://127.0.0.1:{port + 1}"
        self.log_path = state / "processes.log"
        self._environment = _environment(kind, self) | {"BEIAN_WAKE_MS": str(wake_ms)}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start it as people do; returns the seconds until the first page can be opened."""
        began = time.monotonic()
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                # Should the test process be killed, the launcher is told and takes its children
                # along.
                ["setpriv", "--pdeathsig", "TERM", "./dev", "run"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        return self._wait(lambda: _answers(self.port, "/healthz")) - began

    def wait_for_outside(self) -> None:
        self._wait(lambda: _answers(self.port + 1, "/"))

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(timeout=STOP_LIMIT_S)
        self._process = None
        assert code == 0, f"the product ended with {code}:\n{self.log_tail()}"

    def _wait(self, condition: Callable[[], bool]) -> float:
        """The moment at which it came true."""
        deadline = time.monotonic() + START_LIMIT_S
        while not condition():
            is_over = self._process is None or self._process.poll() is not None
            if is_over or time.monotonic() > deadline:
                raise RuntimeError(f"the product did not start:\n{self.log_tail()}")
            time.sleep(0.1)
        return time.monotonic()

    def log(self) -> str:
        return self.log_path.read_text(encoding="utf-8", errors="replace")

    def log_tail(self) -> str:
        return "\n".join(self.log().splitlines()[-LOG_LINES:])


@contextmanager
def running_product(kind: str, state: Path, wake_ms: int = WAKE_MS) -> Iterator[Product]:
    """Run it on the "embedded" pair or on "postgresql" with Redis."""
    product = Product(kind, state, wake_ms)
    try:
        product.start()
        product.wait_for_outside()
        yield product
    finally:
        product.stop()


def _environment(kind: str, product: Product) -> dict[str, str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("BEIAN_", "DJANGO_"))}
    environment |= {"BEIAN_STATE_DIR": str(product.state), "PORT": str(product.port)}
    if kind == "postgresql":
        environment["BEIAN_DATABASE_URL"] = new_database()
        environment["BEIAN_BROKER_URL"] = f"{os.environ[services.BROKER]}/{JOURNEY_REDIS_DATABASE}"
    return environment


def new_database() -> str:
    """A database of its own beside the one of the other tests; goes with the cluster."""
    server = os.environ[services.DATABASE]
    name = f"journey_{uuid.uuid4().hex[:8]}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(SQL("create database {}").format(Identifier(name)))
    connection.close()
    return f"{server.rsplit('/', 1)[0]}/{name}"


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def free_pair() -> int:
    """A free port whose successor is free too: the outside world listens there."""
    from beian.launch.place import is_taken

    while True:
        port = free_port()
        if port < 65535 and not is_taken("127.0.0.1", port + 1):
            return port
