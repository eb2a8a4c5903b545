"""Form, list and case pages: queries, bytes, and time against a bare view with the same session."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.client import ClientHandler
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse

from beian.enums import StaffRoleName as Role
from tests.bench.frame import Measure, bench, best_of, times_as_long
from tests.browser.album import PLAIN_STATIC
from tests.browser.cast import Cast, cast_in_place
from tests.browser.scenes import SCENES
from tests.builders import client_of

MOST_QUERIES, MOST_KB, MOST_SCRIPT_KB = 12, 40, 10
# 0.6 of the bare view's requests in a second: 1 / 0.6 of its time.
MOST_TIMES_AS_LONG = "<=1.667"
ROUNDS, CALLS = 5, 5

BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]


@dataclass(frozen=True)
class Asked:
    """A page, who opens it, and the answer it gave the first time."""

    name: str
    client: Client
    url: str

    def get(self) -> HttpResponse:
        response = self.client.get(self.url)
        assert response.status_code == 200, (self.url, response.status_code)
        return response


def _pages(cast: Cast) -> Iterator[Asked]:
    wanted = ("draft-ready", "under-review", "rejected", "filed")
    orders = {name: SCENES[name].make(cast) for name in wanted}
    reviewer = client_of(cast.staff[Role.REVIEWER].user)

    def own(scene: str, name: str, **more: str) -> Asked:
        order = orders[scene]
        about = {"pk": order.pk, **more} if name != "my-filings" else {}
        url = reverse(f"orders:{name}", kwargs=about)
        return Asked("-".join([name, *more.values()]), client_of(order.created_by), url)

    yield own("filed", "my-filings")
    yield own("rejected", "order")
    yield own("draft-ready", "tasks")
    yield own("draft-ready", "step", key="subject")
    yield own("draft-ready", "step", key="subject-principal")
    yield own("draft-ready", "step", key="website")
    yield own("draft-ready", "step", key="materials")
    yield own("draft-ready", "check")
    yield Asked("queue", reviewer, reverse("orders:queue"))
    yield Asked("case", reviewer, reverse("orders:case", args=[orders["under-review"].pk]))


@bench("pages")
def pages() -> Iterator[Measure]:
    storages = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    with transaction.atomic(), TemporaryDirectory() as folder, cast_in_place() as cast:
        with override_settings(FILES_DIR=Path(folder), STORAGES=storages):
            for asked in _pages(cast):
                yield from _measures(asked)
        transaction.set_rollback(True)


def _measures(asked: Asked) -> Iterator[Measure]:
    asked.get()
    with CaptureQueriesContext(connection) as queries:
        html = asked.get().content
    name = f"page-{asked.name}"
    yield times_as_long(f"{name}-queries", len(queries), MOST_QUERIES, "<=1", "queries")
    script = _compressed(html, "js")
    sent = _size(html) + _compressed(html, "css") + script
    yield times_as_long(f"{name}-sent", sent / 1024, MOST_KB, "<=1", "KB")
    yield times_as_long(f"{name}-script", script / 1024, MOST_SCRIPT_KB, "<=1", "KB")
    ours = _seconds(asked.client, asked.url)
    other = _bare_seconds(asked.client, html)
    yield times_as_long(f"{name}-vs-bare", ours, other, MOST_TIMES_AS_LONG)


def _compressed(html: bytes, kind: str) -> int:
    """Bytes of the style sheets or scripts of the page, as WhiteNoise would send them."""
    names = re.findall(rf'(?:href|src)="/static/([\w/.-]+\.{kind})"', html.decode())
    folder = Path(settings.BASE_DIR) / "static"
    return sum(_size((folder / name).read_bytes()) for name in names)


def _size(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def _bare_view(request: HttpRequest, content: bytes) -> HttpResponse:
    return HttpResponse(content)


class _BareAddresses:
    """An address book with one view that answers given bytes to whoever is signed in."""

    def __init__(self, content: bytes) -> None:
        view = login_required(partial(_bare_view, content=content))
        self.urlpatterns = [path("bare/", view)]


def _bare_seconds(client: Client, html: bytes) -> float:
    with override_settings(ROOT_URLCONF=_BareAddresses(html), MIDDLEWARE=BARE_MIDDLEWARE):
        return _seconds(client, "/bare/")


def _seconds(client: Client, url: str) -> float:
    """Of one request below the test client, which would copy every template's context."""
    handler = ClientHandler(enforce_csrf_checks=False)
    cookies = client.cookies.output(header="", sep=";").strip()
    request = RequestFactory(headers={"cookie": cookies}).get(url)

    def ask() -> None:
        assert handler(dict(request.environ)).status_code == 200

    return best_of(ask, ROUNDS, CALLS)
