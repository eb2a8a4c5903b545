"""Celery's beat with a sign of life: a row that says this beat has ticked."""

import os
import socket
import time
from typing import Any

import structlog
from celery.beat import PersistentScheduler
from django.db import Error, connection

log = structlog.get_logger(__name__)
EVERY_S = 10.0


class HeartbeatScheduler(PersistentScheduler):
    """Notes a heartbeat at most every EVERY_S seconds; a database that is away stops nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.noted_at: float | None = None
        super().__init__(*args, **kwargs)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        wait = super().tick(*args, **kwargs)
        if self.noted_at is None or time.monotonic() - self.noted_at >= EVERY_S:
            self.noted_at = time.monotonic()
            self.note()
        return min(wait, EVERY_S)

    def note(self) -> None:
        # Imported here: the scheduler is loaded before Django's apps.
        from beian.actions.heartbeats import BEAT, note_heartbeat

        try:
            # A server that was restarted has left a dead connection behind.
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()
            note_heartbeat(BEAT, f"{socket.gethostname()[:60]}:{os.getpid()}")
        except Error as error:
            connection.close()
            log.warning("heartbeat not written", reason=type(error).__name__)
