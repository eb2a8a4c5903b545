"""The demo clock: real time plus an offset kept in a small JSON file."""

import json
import math
import os
import tempfile
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Far enough for every deadline of a filing, near enough for certificates to stay plausible.
FURTHEST = timedelta(days=3660)


def real_now() -> datetime:
    """Give the machine's own time, aware, in UTC."""
    return datetime.now(UTC)


def offset() -> timedelta:
    """Read the offset; a missing or damaged file means none."""
    try:
        stored = json.loads(settings.CLOCK_FILE.read_text(encoding="utf-8"))
        return timedelta(seconds=int(stored["offset_seconds"]))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return timedelta()


def now() -> datetime:
    """Give the demo time, aware, in UTC."""
    return real_now() + offset()


def today() -> date:
    """Give the demo date in Asia/Shanghai."""
    return now().astimezone(SHANGHAI).date()


def move(by: timedelta) -> None:
    """Move the demo clock; it stops at FURTHEST from the real time."""
    set_offset(offset() + by)


def set_to(moment: datetime) -> None:
    """Make the demo clock show `moment` (aware) from now on."""
    set_offset(moment - real_now())


def set_offset(value: timedelta) -> None:
    """Replace the file in one step, so that a reader never sees half of it."""
    value = max(-FURTHEST, min(value, FURTHEST))
    target = settings.CLOCK_FILE
    # Rounded up: a clock set to a deadline has reached it.
    text = json.dumps({"offset_seconds": math.ceil(value.total_seconds())})
    with tempfile.NamedTemporaryFile(
        "w", dir=target.parent, prefix=".clock-", delete=False, encoding="utf-8"
    ) as draft:
        draft.write(text)
    # The temporary file is private to us; the product may run as another user.
    os.chmod(draft.name, 0o644)
    os.replace(draft.name, target)
