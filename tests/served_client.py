"""Django's test client in front of the whole application, as a web server calls it."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from unittest import mock

from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.utils.encoding import force_bytes

from beian.utf8 import without_charset


class _ServedHandler(ClientHandler):
    """What beian/wsgi.py puts around Django is there too."""

    def __call__(self, environ: dict[str, Any]) -> HttpResponse:
        # For each request Django's own handler connects its receiver again and keeps a finalizer
        # for as long as that lives: one of the module's lives, and grows, as long as the process.
        with mock.patch("django.test.client.close_old_connections", _of_one_request()):
            return super().__call__(without_charset(environ))


def _of_one_request() -> Callable[..., None]:
    def close_nothing(**_signal: Any) -> None:
        """The transaction of a test outlives its requests."""

    return close_nothing


class ServedClient(Client):
    """Answers errors with their page, as an installation does, and raises nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(raise_request_exception=False, **options)
        self.handler = _ServedHandler(self.handler.enforce_csrf_checks)

    def generic(self, method: str, path: str, data: Any = "", *args: Any, **extra: Any) -> Any:
        """A body shorter than its announced length just ends, as on a line, and raises nothing."""
        body = BytesIO(force_bytes(data))
        return super().generic(method, path, data, *args, **{"wsgi.input": body, **extra})
