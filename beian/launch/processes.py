"""The processes that make up the product on one machine."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from beian.launch.place import Place


@dataclass(frozen=True)
class Process:
    name: str
    command: list[str]


def web(place: Place) -> Process:
    return Process(
        "web",
        [
            *[sys.executable, "-m", "gunicorn", "beian.wsgi:application"],
            *["--config", "python:beian.gunicorn_config"],
            *["--bind", f"{place.host}:{place.port}"],
            *["--graceful-timeout", "3", "--log-level", "warning"],
        ],
    )


def outside(place: Place) -> Process:
    return Process(
        "outside", [sys.executable, "-m", "outside", "serve", "--port", str(place.outside_port)]
    )


def worker(place: Place) -> Process:
    return Process(
        "worker",
        [
            *celery(),
            "worker",
            *["--pool", "threads", "--concurrency", "4", "--loglevel", "info"],
            # One worker on one machine has nobody to gossip with.
            *["--without-gossip", "--without-mingle", "--without-heartbeat"],
        ],
    )


def beat(place: Place) -> Process:
    """The clock of the sweeps. A process of its own: the filesystem broker allows one worker."""
    return Process(
        "beat",
        [
            *[*celery(), "beat", "--pidfile", ""],
            *["--schedule", str(place.state / "beat-schedule"), "--loglevel", "warning"],
        ],
    )


def celery() -> list[str]:
    """Without the banner, and without the advice not to be root, which a container often is."""
    advice = "ignore:You're running the worker with superuser privileges"
    return [sys.executable, "-W", advice, "-m", "celery", "--quiet", "-A", "beian"]
