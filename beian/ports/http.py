"""JSON over HTTP to the simulated outside world; the address is a setting, never user input."""

import json
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from .base import DeliveryFailed

TIMEOUT_SECONDS = 10
HEADERS = {"Content-Type": "application/json"}


def _exchange(path: str, data: bytes | None) -> tuple[int, bytes]:
    address = urlsplit(settings.OUTSIDE_URL)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET" if data is None else "POST", path, body=data, headers=HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def call(path: str, payload: dict | None = None) -> dict[str, Any] | None:
    """GET (no payload) or POST; returns the JSON answer, None for 204. Raises DeliveryFailed."""
    data = json.dumps(payload).encode() if payload is not None else None
    try:
        status, body = _exchange(path, data)
        if status >= 400:
            raise DeliveryFailed(f"HTTP {status}")
        return json.loads(body) if body else None
    except (OSError, HTTPException, ValueError) as error:
        raise DeliveryFailed(type(error).__name__) from error
