"""Signed-out browsers that have begun something."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from django.conf import settings
from django.test import Client


def with_session(change: Callable[[SimpleNamespace], None]) -> Client:
    """A signed-out browser whose session `change` has written into."""
    client = Client()
    session = client.session
    change(SimpleNamespace(session=session))
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client
