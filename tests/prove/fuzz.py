"""No made-up request ends in an error of ours, and the process does not grow.

A round is one request, taken back afterwards, so that it follows from seed and number alone:
`./dev prove --start N --size 1 fuzz` asks it again. Addresses come from the URLconf, people and
orders from the scenes, fields from the forms of the page itself.
"""

from __future__ import annotations

import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.core.signals import got_request_exception
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings

from tests.browser.scenes import SCENES
from tests.fuzzing.asking import Asked, Asker, allowed, is_read
from tests.fuzzing.page_forms import PageForms, Pairs, read_forms
from tests.fuzzing.stage import Route, Stage, routes, stage_of
from tests.measuring import progress, resident_kb
from tests.prove.frame import proof
from tests.served_client import ServedClient

# Rounds on one stage; the next stretch has another scene.
STRETCH = 800
# Whose pages are read for their forms where the role that is asking gets none.
READERS = ("owner", "reviewer", "bureau_submitter", "anonymous", "administrator")
# Requests after which caches, pools and the allocator have what they need.
WARM_UP = 8_000
# The readiness page says with it that work lies too long, as the orders of a stage in the past do.
NOT_READY = ("public:readyz", 503)
_so_far = Counter[str]()


@proof(
    "fuzz",
    small=60,
    full=200_000,
    batch=2_000,
    must_be_zero=("server_errors",),
    at_most={"grown_kb": 60_000},
    jobs=2,
)
def fuzz(start: int, count: int, seed: int) -> dict[str, int]:
    tally = Counter[str](requests=count)
    before = resident_kb()
    end = start + count
    with TemporaryDirectory() as folder, override_settings(FILES_DIR=Path(folder)):
        while start < end:
            stop = min(end, start - start % STRETCH + STRETCH)
            with stage_of(scene_of(start, seed)) as stage:
                _ask_stretch(stage, range(start, stop), seed, tally)
            start = stop
    _so_far["requests"] += count
    if _so_far["requests"] - count >= WARM_UP:
        tally["grown_kb"] += resident_kb() - before
    return dict(tally)


def scene_of(number: int, seed: int) -> str:
    names = sorted(SCENES)
    Random(seed).shuffle(names)
    return names[number // STRETCH % len(names)]


def _ask_stretch(stage: Stage, numbers: range, seed: int, tally: Counter[str]) -> None:
    addresses = routes()
    forms = _Forms(stage, (route for route in addresses if is_read(route.name)))
    for number in numbers:
        # Each address in turn, so that none is left out by chance.
        route = addresses[number % len(addresses)]
        asked = _made_up(Asker(stage, Random(f"{seed}:{number}")), route, forms)
        status, reason = _answer(asked)
        tally[f"status_{status // 100}xx"] += 1
        if status >= 500 and (route.name, status) != NOT_READY:
            tally["server_errors"] += 1
            progress(f"fuzz {number}: {asked}\n  {status} {reason}")


def _made_up(asker: Asker, route: Route, forms: _Forms) -> Asked:
    role, method, page = asker.role(route), asker.method(), asker.page(route)
    asked = Asked(route.name, role, method, asker.path(route, page), page=route.path(page))
    known = forms.of(asked.page)
    asked.query = asker.query(known)
    asker.fill(asked, known)
    return asked


class _Forms:
    """Forms of every page about the order, read once a stretch by somebody to whom it opens."""

    def __init__(self, stage: Stage, addresses: Iterable[Route]) -> None:
        self.stage = stage
        self.pages: dict[str, PageForms] = {}
        self.sent_to: dict[str, list[Pairs]] = defaultdict(list)
        for route in addresses:
            for values in product(*stage.known(route).values()):
                self._read(route, route.path(dict(zip(route.arguments, values, strict=True))))

    def of(self, page: str) -> PageForms:
        """What the page holds, and what other pages send to it."""
        own = self.pages.get(page, PageForms())
        return PageForms([*own.posts, *self.sent_to[page]], [], own.queries)

    def _read(self, route: Route, path: str) -> None:
        readers = [name for name in READERS if name in allowed(route.name)]
        answers = (self._page(route, path, role) for role in readers)
        found = next(filter(None, answers), None)
        if found is None:
            return
        self.pages[path] = found
        for action, controls in zip(found.actions, found.posts, strict=True):
            if action not in {"", path}:
                self.sent_to[action].append(controls)

    def _page(self, route: Route, path: str, role: str) -> PageForms | None:
        session = {"sessionid": self.stage.sessions.get(role, "")}
        response = send(Asked(route.name, role, "GET", path, cookies=session))
        is_page = response.status_code == 200 and "html" in response.get("Content-Type", "")
        return read_forms(response.content.decode()) if is_page else None


def send(asked: Asked) -> HttpResponse:
    """Ask the real handler with its whole middleware; nothing of it stays."""
    cookies = "; ".join(f"{name}={content}" for name, content in asked.cookies.items())
    before = transaction.savepoint()
    try:
        return ServedClient(enforce_csrf_checks=asked.checks_csrf).generic(
            asked.method,
            asked.path,
            asked.body,
            content_type=asked.content_type,
            QUERY_STRING=asked.query,
            **{name: _on_the_line(text) for name, text in asked.headers.items()},
            HTTP_COOKIE=_on_the_line(cookies),
        )
    finally:
        transaction.savepoint_rollback(before)


def _on_the_line(text: str) -> str:
    """Headers are bytes, which WSGI hands on as Latin-1."""
    return text.encode("utf-8", "surrogatepass").decode("latin-1")


def _answer(asked: Asked) -> tuple[int, str]:
    """Status, and the last lines of what was raised on the way."""
    raised: list[str] = []

    def note(**_kwargs: object) -> None:
        raised.append("".join(traceback.format_exc(limit=-3)))

    got_request_exception.connect(note)
    try:
        return send(asked).status_code, "".join(raised)
    finally:
        got_request_exception.disconnect(note)
