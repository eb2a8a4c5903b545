"""Whom a page is measured against: a view written by hand, and ready bytes (decisions/0005)."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

URL = "/opponent/"
# What any site in Django has that keeps sessions, speaks two languages and shows messages.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
# The opponent's own middleware asks for these.
OWN_READS = ('FROM "django_session"', 'FROM "beian_user" WHERE "beian_user"."id" = ')
_TEXT = re.compile(r">([^<>]*[^<>\s][^<>]*)<")
_VALUE = re.compile(
    r'\b(href|src|action|value|id|for|name|aria-label|aria-describedby|data-label)="([^"]*)"'
)


def flat_template(page: str) -> tuple[str, dict[str, str]]:
    """The leanest template that gives this page, and its context.

    Every text and every attribute that data, a translation or an address could have filled is a
    variable, escaped like any; there is no loop, no tag and no include left to pay for.
    """
    values: dict[str, str] = {}
    names = (f"v{number}" for number in count())

    def variable(text: str) -> str:
        name = next(names)
        values[name] = html.unescape(text)
        return f"{{{{ {name} }}}}"

    source = _VALUE.sub(lambda found: f'{found[1]}="{variable(found[2])}"', page)
    # What stands between tags now may hold variables of attributes only inside tags.
    source = _TEXT.sub(lambda found: f">{variable(found[1])}<", source)
    return source, values


class _Addresses:
    """An address book with the one view, for whoever is signed in as on the page itself."""

    def __init__(self, view: Callable[[HttpRequest], HttpResponse], client: Client) -> None:
        guarded = login_required(view) if SESSION_KEY in client.session else view
        self.urlpatterns = [path(URL.strip("/") + "/", guarded)]


@contextmanager
def hand_written(client: Client, page: bytes, statements: list[tuple[str, Any]]) -> Iterator[None]:
    """A view at URL: the same rows read by the same SQL, the same page from ready values."""
    source, values = flat_template(page.decode())
    template = engines["django"].from_string(source)
    reads = [item for item in statements if not any(own in item[0] for own in OWN_READS)]

    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            for sql, params in reads:
                cursor.execute(sql, params)
                cursor.fetchall()
        return HttpResponse(template.render(values, request))

    with override_settings(ROOT_URLCONF=_Addresses(view, client), MIDDLEWARE=MIDDLEWARE):
        yield


def _ready(_request: HttpRequest, content: bytes) -> HttpResponse:
    return HttpResponse(content)


@contextmanager
def ready_bytes(client: Client, page: bytes) -> Iterator[None]:
    """A view at URL that reads and renders nothing."""
    view = partial(_ready, content=page)
    with override_settings(ROOT_URLCONF=_Addresses(view, client), MIDDLEWARE=MIDDLEWARE):
        yield
