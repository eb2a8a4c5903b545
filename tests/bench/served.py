"""Pages of orders as gunicorn serves them in production, for clients on the same machine."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from tests.bench.many_orders import grow_queue
from tests.browser.cast import cast_in_place
from tests.browser.scenes import SCENES
from tests.builders import client_of
from tests.kill.parts import running_parts

START_LIMIT_S = 120.0


@dataclass(frozen=True)
class Address:
    """A page, and the session of whoever opens it ("" is nobody)."""

    name: str
    path: str
    session: str = ""


@contextmanager
def served_pages(*, orders: int = 0) -> Iterator[tuple[str, list[Address]]]:
    """Host and port of the web server, and the pages; `orders` wait in the queue beside them."""
    try:
        if orders:
            grow_queue(orders)
        pages = _pages()
        with running_parts(["web"]) as parts:
            host = f"{parts.place.host}:{parts.place.port}"
            _wait_for(host, pages[-1])
            yield host, pages
    finally:
        # A bench that follows in this process begins with an empty house.
        call_command("flush", verbosity=0, interactive=False)


def _pages() -> list[Address]:
    with cast_in_place() as cast:
        names = ("filed", "draft-ready", "rejected", "under-review")
        filed, draft, rejected, case = [SCENES[name].make(cast) for name in names]
        reviewer = _session(cast.staff[Role.REVIEWER].user)
    form = reverse("orders:step", args=[draft.pk, "website"])
    return [
        Address("home", "/"),
        Address("list", reverse("orders:my-filings"), _session(filed.created_by)),
        Address("form", form, _session(draft.created_by)),
        Address(
            "order", reverse("orders:order", args=[rejected.pk]), _session(rejected.created_by)
        ),
        Address("case", reverse("orders:case", args=[case.pk]), reviewer),
        Address("queue", reverse("orders:queue"), reviewer),
    ]


def _session(user) -> str:
    return client_of(user).cookies[settings.SESSION_COOKIE_NAME].value


def seconds_of(host: str, page: Address, times: int) -> list[float]:
    """Of so many requests after each other on one connection, sorted."""
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={page.session}"}
    taken = []
    with closing(http.client.HTTPConnection(host, timeout=30)) as connection:
        for _time in range(times):
            start = time.perf_counter()
            connection.request("GET", page.path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - start)
            assert answer.status == 200, (page.name, answer.status)
    return sorted(taken)


def _wait_for(host: str, page: Address) -> None:
    limit = time.monotonic() + START_LIMIT_S
    while True:
        try:
            seconds_of(host, page, 1)
        except (OSError, http.client.HTTPException, AssertionError):
            if time.monotonic() > limit:
                raise
            time.sleep(0.3)
        else:
            return
