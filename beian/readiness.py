"""Is this installation doing its work? Each check answers None or the reason why not."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from kombu.exceptions import OperationalError

from beian import clock
from beian.actions.heartbeats import BEAT, SWEEP, heartbeat_ages
from beian.enums import NoticeState
from beian.models import Deadline, Notice
from beian.site_settings import setting

BROKER_TIMEOUT_S = 3.0
_migrated: set[str] = set()


@dataclass(frozen=True)
class Result:
    """`reason` is empty when all is well; neither holds personal data nor addresses."""

    name: str
    reason: str = ""
    seconds: float | None = None

    @property
    def is_ok(self) -> bool:
        return not self.reason


def overdue_seconds(due_at: datetime | None) -> float:
    """How long something due has waited; 0 when there is nothing or it is not due yet."""
    return max((clock.now() - due_at).total_seconds(), 0.0) if due_at is not None else 0.0


def oldest_deadline() -> datetime | None:
    rows = Deadline.objects.filter(done_at=None, cancelled_at=None)
    return rows.order_by("due_at").values_list("due_at", flat=True).first()


def oldest_notice() -> datetime | None:
    rows = Notice.objects.filter(state__in=[NoticeState.QUEUED, NoticeState.SENDING])
    return rows.order_by("next_attempt_at").values_list("next_attempt_at", flat=True).first()


def _database() -> Result:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Result("database")


def _migrations() -> Result:
    return Result("migrations", "" if _is_migrated() else "migrations are not applied")


def _is_migrated() -> bool:
    """Only the good news is remembered: the schema does not go back under a running process."""
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True


def _broker() -> Result:
    if settings.EMBEDDED_BROKER:
        folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
        is_there = folder.is_dir() and os.access(folder, os.W_OK)
        return Result("broker", "" if is_there else "the broker's folder cannot be written")
    from beian.celery import app

    try:
        with app.connection_for_write(connect_timeout=BROKER_TIMEOUT_S) as line:
            line.ensure_connection(max_retries=1, timeout=BROKER_TIMEOUT_S)
    except (OperationalError, OSError):
        return Result("broker", "the broker does not answer")
    return Result("broker")


def _late(name: str, seconds: float, limit_name: str, what: str) -> Result:
    limit = setting(limit_name)
    reason = f"{what} for {seconds:.0f} s, limit {limit} s" if seconds > limit else ""
    return Result(name, reason, round(seconds, 1))


def _deadlines() -> Result:
    seconds = overdue_seconds(oldest_deadline())
    return _late("deadlines", seconds, "health.deadline_overdue_seconds", "a deadline is overdue")


def _outbox() -> Result:
    seconds = overdue_seconds(oldest_notice())
    return _late("outbox", seconds, "health.outbox_overdue_seconds", "a notice is unsent")


def _alive(kind: str, limit_name: str) -> Result:
    seconds = heartbeat_ages().get(kind)
    if seconds is None:
        return Result(kind, "no sign of life yet")
    return _late(kind, seconds, limit_name, "no sign of life")


def _beat() -> Result:
    return _alive(BEAT, "health.beat_silence_seconds")


def _sweep() -> Result:
    return _alive(SWEEP, "health.sweep_silence_seconds")


CHECKS: dict[str, Callable[[], Result]] = {
    "database": _database,
    "migrations": _migrations,
    "broker": _broker,
    "deadlines": _deadlines,
    "outbox": _outbox,
    BEAT: _beat,
    SWEEP: _sweep,
}


def readiness() -> list[Result]:
    """Every check once; one that finds no database says so instead of failing the page."""
    return [_result(name, check) for name, check in CHECKS.items()]


def _result(name: str, check: Callable[[], Result]) -> Result:
    try:
        return check()
    # Not only DatabaseError: a kept connection that was lost raises InterfaceError from then on.
    except Error as error:
        return Result(name, f"the database does not answer ({type(error).__name__})")
