"""Form, list, order and case pages: queries, bytes, and time against a view written by hand."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.test.client import ClientHandler
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from orders.models import FilingOrder
from orders.views.case import TABS
from tests.bench.frame import Measure, bench, best_of, times_as_long
from tests.bench.opponents import URL, hand_written, ready_bytes
from tests.browser.album import PLAIN_STATIC
from tests.browser.cast import Cast, cast_in_place
from tests.browser.scenes import SCENES
from tests.browser.visitors import texted_person
from tests.builders import client_of
from tests.statements import recorded

MOST_QUERIES, MOST_KB, MOST_SCRIPT_KB = 12, 40, 10
# 0.6 of the opponent's requests in a second: 1 / 0.6 of its time.
MOST_TIMES_AS_LONG = "<=1.667"
# Printed so that nobody takes the opponent for less than it is.
NO_GOAL = ">=0"
ROUNDS, CALLS = 5, 5
STEPS = ("subject", "subject-principal", "website", "materials")


@dataclass(frozen=True)
class Asked:
    """A page and who opens it."""

    name: str
    client: Client
    url: str

    def get(self) -> HttpResponse:
        response = self.client.get(self.url)
        assert response.status_code == 200, (self.url, response.status_code)
        return response


class _Visits:
    """Pages of orders in the states of the scenes, each made when it is first wanted."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.orders: dict[str, FilingOrder] = {}

    def order(self, scene: str) -> FilingOrder:
        if scene not in self.orders:
            self.orders[scene] = SCENES[scene].make(self.cast)
        return self.orders[scene]

    def own(self, scene: str, name: str, **more: str) -> Asked:
        order = self.order(scene)
        url = reverse(f"orders:{name}", kwargs={"pk": order.pk, **more})
        return Asked("-".join([name, *more.values()]), client_of(order.created_by), url)

    def account(self, scene: str, url_name: str) -> Asked:
        client = client_of(self.order(scene).created_by)
        return Asked(url_name.partition(":")[2], client, reverse(url_name))

    def desk(self, name: str, role: str, url: str) -> Asked:
        return Asked(name, client_of(self.cast.staff[role].user), url)


def _pages(cast: Cast) -> Iterator[Asked]:
    visits = _Visits(cast)
    yield visits.account("filed", "orders:my-filings")
    yield visits.account("filed", "verification:account")
    yield visits.account("filed", "verification:messages")
    yield visits.own("draft-ready", "tasks")
    for key in STEPS:
        yield visits.own("draft-ready", "step", key=key)
    yield visits.own("draft-ready", "check")
    yield visits.own("rejected", "order")
    yield from _desk(visits)
    yield Asked("sms", Client(), reverse("orders:sms"))
    person = texted_person(visits.order("texted"), 0)
    assert person is not None
    yield Asked("sms-verify", person, reverse("orders:sms-verify"))


def _desk(visits: _Visits) -> Iterator[Asked]:
    case = visits.order("under-review")
    case_url = reverse("orders:case", args=[case.pk])
    comment = case.comments.get()
    yield visits.desk("queue", Role.REVIEWER, reverse("orders:queue"))
    for tab in TABS:
        yield visits.desk(f"case-{tab}", Role.REVIEWER, f"{case_url}?view={tab}")
    path = urlencode({"path": comment.path})
    composer = f"{reverse('orders:comment', args=[case.pk])}?{path}"
    yield visits.desk("case-composer", Role.REVIEWER, composer)
    act = reverse("orders:case-act", args=[case.pk, "ask_supplement"])
    yield visits.desk("case-act", Role.REVIEWER, act)
    waiting = visits.order("waiting-for-submission")
    check = reverse("orders:handover-act", args=[waiting.pk])
    yield visits.desk("handover", Role.BUREAU_SUBMITTER, reverse("orders:handover"))
    yield visits.desk("handover-act", Role.BUREAU_SUBMITTER, check)


@bench("pages")
def pages() -> Iterator[Measure]:
    """Every page with its time."""
    yield from _measured(_pages, _measures)


@bench("order-pages")
def order_pages() -> Iterator[Measure]:
    """The order page in every state there is a scene of: queries."""

    def each(cast: Cast) -> Iterator[Asked]:
        visits = _Visits(cast)
        for scene in SCENES:
            asked = visits.own(scene, "order")
            yield Asked(f"order-{scene}", asked.client, asked.url)

    yield from _measured(each, _queries)


def _measured(
    pages_of: Callable[[Cast], Iterator[Asked]], measures_of: Callable[[Asked], Iterator[Measure]]
) -> Iterator[Measure]:
    with undone(), cast_in_place() as cast:
        for asked in pages_of(cast):
            yield from measures_of(asked)


@contextmanager
def undone() -> Iterator[None]:
    """Rows and pictures made inside are gone afterwards; addresses of static files are plain."""
    storages = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    outermost = transaction.atomic()
    # As Django's own test case does: what is durable inside may stand for the outermost.
    outermost._from_testcase = True  # type: ignore[attr-defined]
    with outermost, TemporaryDirectory() as folder:
        with override_settings(FILES_DIR=Path(folder), STORAGES=storages):
            yield
        transaction.set_rollback(True)


def _queries(asked: Asked) -> Iterator[Measure]:
    asked.get()
    with recorded() as statements:
        asked.get()
    name = f"page-{asked.name}-queries"
    yield times_as_long(name, statements.reads, MOST_QUERIES, "<=1", "queries")


def _measures(asked: Asked) -> Iterator[Measure]:
    yield from _queries(asked)
    with recorded() as statements:
        html = asked.get().content
    name = f"page-{asked.name}"
    script = _compressed(html, "js")
    sent = _size(html) + _compressed(html, "css") + script
    yield times_as_long(f"{name}-sent", sent / 1024, MOST_KB, "<=1", "KB")
    yield times_as_long(f"{name}-script", script / 1024, MOST_SCRIPT_KB, "<=1", "KB")
    ours = _seconds(asked.client, asked.url)
    with hand_written(asked.client, html, statements.run):
        other = _seconds(asked.client, URL)
    yield times_as_long(f"{name}-vs-hand-written", ours, other, MOST_TIMES_AS_LONG)
    with ready_bytes(asked.client, html):
        ready = _seconds(asked.client, URL)
    yield times_as_long(f"{name}-vs-ready-bytes", ours, ready, NO_GOAL)


def _compressed(html: bytes, kind: str) -> int:
    """Bytes of the style sheets or scripts of the page, as WhiteNoise would send them."""
    names = re.findall(rf'(?:href|src)="/static/([\w/.-]+\.{kind})"', html.decode())
    folder = Path(settings.BASE_DIR) / "static"
    return sum(_size((folder / name).read_bytes()) for name in names)


def _size(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def _seconds(client: Client, url: str) -> float:
    """Of one request below the test client, which would copy every template's context."""
    handler = ClientHandler(enforce_csrf_checks=False)
    cookies = client.cookies.output(header="", sep=";").strip()
    request = RequestFactory(headers={"cookie": cookies}).get(url)

    def ask() -> None:
        assert handler(dict(request.environ)).status_code == 200

    return best_of(ask, ROUNDS, CALLS)
