"""The one place business time comes from.

Times are stored in UTC and shown in Asia/Shanghai. In a demo installation the simulated outside
world may move the clock by a file, so that a 24-hour limit can be watched without waiting.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@lru_cache(maxsize=4)
def _read_offset(path: str, _mtime_ns: int) -> timedelta:
    with open(path, encoding="utf-8") as file:
        return timedelta(seconds=int(json.load(file)["offset_seconds"]))


def _offset() -> timedelta:
    if settings.CLOCK_FILE is None:
        return timedelta()
    try:
        changed = os.stat(settings.CLOCK_FILE).st_mtime_ns
    except FileNotFoundError:
        return timedelta()
    return _read_offset(str(settings.CLOCK_FILE), changed)


def now() -> datetime:
    """The current instant, aware, UTC."""
    return _standing.get() or timezone.now() + _offset()


@contextmanager
def standing() -> Iterator[None]:
    """One instant for all that is done inside: what is written for many at once has one time."""
    token = _standing.set(now())
    try:
        yield
    finally:
        _standing.reset(token)


def today() -> date:
    """Today's date in Asia/Shanghai, the zone of every legal date."""
    return now().astimezone(SHANGHAI).date()
