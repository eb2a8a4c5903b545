"""A private PostgreSQL and Redis for one test session, and the environment that points to them.

Loaded with `-p tests.services` because the settings are read before any conftest. The controlling
process starts the services and hands their addresses to the xdist workers through the environment;
whoever sets BEIAN_TEST_DATABASE_URL or BEIAN_TEST_BROKER_URL brings their own; the
word "embedded" instead of an address means SQLite and the file broker.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import private_servers

DATABASE = "BEIAN_TEST_DATABASE_URL"
BROKER = "BEIAN_TEST_BROKER_URL"
EMBEDDED = "embedded"

# The variables that were set here.
_PROVIDED: set[str] = set()

Server = Callable[[], AbstractContextManager[str]]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Runs around, so before, the hook in which pytest-django reads the settings."""
    prepare_environment()
    return (yield)


def prepare_environment() -> None:
    """Start what is not configured and point the settings at it; ends with the process."""
    started = ExitStack()
    atexit.register(started.close)
    folder = Path(started.enter_context(TemporaryDirectory(prefix="beian-test-")))
    _provide(started, DATABASE, private_servers.postgresql)
    _provide(started, BROKER, private_servers.redis)
    _point_settings(folder)


def environment_of_a_child() -> dict[str, str]:
    """What this process was started with: a child that prepares itself has servers of its own."""
    return {name: value for name, value in os.environ.items() if name not in _PROVIDED}


def _provide(started: ExitStack, name: str, server: Server) -> None:
    if name in os.environ:
        return
    _PROVIDED.add(name)
    try:
        os.environ[name] = started.enter_context(server())
    except FileNotFoundError as missing:
        # Without root nothing can be installed; the tests that need the server are skipped.
        print(f"{missing}; going on without it", file=sys.stderr)
        os.environ[name] = EMBEDDED


def _point_settings(folder: Path) -> None:
    database, broker = os.environ[DATABASE], os.environ[BROKER]
    for name in [name for name in os.environ if name.startswith("BEIAN_") and "TEST" not in name]:
        del os.environ[name]  # a developer's own configuration must not leak into a test run
    (folder / "broker" / "queue").mkdir(parents=True)
    os.environ["BEIAN_STATE_DIR"] = str(folder)
    os.environ["BEIAN_DATABASE_URL"] = "" if database == EMBEDDED else database
    os.environ["BEIAN_BROKER_URL"] = "" if broker == EMBEDDED else f"{broker}/{_worker_number()}"


def _worker_number() -> int:
    """0 in the controlling process, 1, 2 … in xdist workers: a Redis database each."""
    name = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(name.removeprefix("gw")) + 1 if name else 0
