"""Django's test client in front of the whole application, as a web server calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from unittest import mock

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.utils.encoding import force_bytes

from beian.utf8 import without_charset

SIGNALS = (request_started, request_finished)


class _ServedHandler(ClientHandler):
    """What beian/wsgi.py puts around Django is there too."""

    def __call__(self, environ: dict[str, Any]) -> HttpResponse:
        with _closing_nothing():
            return super().__call__(without_charset(environ))


@contextmanager
def _closing_nothing() -> Iterator[None]:
    """A request that closes no connection: the transaction of the test outlives it.

    Django's own handler sees to that too, by connecting its receiver again after each request; that
    keeps a finalizer for as long as the receiver lives, and one of a module lives for ever.
    """
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    try:
        with mock.patch("django.test.client.close_old_connections", _of_one_request()):
            yield
    finally:
        for signal in SIGNALS:
            signal.connect(close_old_connections, weak=False)


def _of_one_request() -> Callable[..., None]:
    def close_nothing(**_signal: Any) -> None:
        """Gone with the request, and its finalizer with it."""

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
