"""JSON over HTTP to the simulated outside world."""

import json
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings

from .base import DeliveryFailed

TIMEOUT_SECONDS = 10


def call(path: str, payload: dict | None = None) -> dict[str, Any] | None:
    """GET (no payload) or POST; returns the JSON answer, None for 204. Raises DeliveryFailed."""
    data = json.dumps(payload).encode() if payload is not None else None
    request = urllib.request.Request(
        f"{settings.OUTSIDE_URL}{path}", data=data, headers={"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:
            body = answer.read()
            return json.loads(body) if answer.status != 204 and body else None
    except urllib.error.HTTPError as error:
        raise DeliveryFailed(f"HTTP {error.code}") from error
    except (OSError, ValueError) as error:
        raise DeliveryFailed(type(error).__name__) from error
