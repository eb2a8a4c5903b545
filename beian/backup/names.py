"""What the folder of a backup is called: its time, and an end that no two runs share."""

import re
import secrets
from datetime import datetime

from beian import clock

PART = ".part"

_TIME = "%Y%m%d-%H%M%S"
# Earlier releases gave the time only.
_NAME = re.compile(rf"(\d{{8}}-\d{{6}})(-[0-9a-f]+)?({re.escape(PART)})?")
_END_BYTES = 3


def new_name(now: datetime) -> str:
    return f"{now.astimezone(clock.SHANGHAI):{_TIME}}-{secrets.token_hex(_END_BYTES)}"


def time_in(name: str) -> datetime | None:
    """When a run began that made this folder, whole or not; None if it is none of ours."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        return datetime.strptime(found[1], _TIME).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        return None
