"""The portal's pages as the server answers them, kept as bytes so that any browser can look later.

Pages that differ only in numbers, names and tokens are kept once.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import translation

from beian.enums import MembershipRole
from beian.launch.place import ROOT
from beian.translation.compiled import compile_catalogues
from orders.models import FilingOrder
from tests.browser.cast import Cast, cast_in_place
from tests.browser.error_pages import ERROR_PAGES
from tests.browser.face_visitors import FACE_VISITORS, check_open_in
from tests.browser.forms import filled_forms
from tests.browser.known import known_data
from tests.browser.pages import (
    COLLEAGUE,
    FACE_PAGES,
    FIRST_PERSON,
    LAST_PERSON,
    OWNER,
    THING_NAMES,
    Kind,
    PageAt,
    Sort,
    address_of,
    candidates,
    kinds_of,
    sort_of,
)
from tests.browser.rule_pages import VARIANTS as RULE_VARIANTS
from tests.browser.rule_pages import rule_address, stage_edits
from tests.browser.scenes import SCENES
from tests.browser.visitors import VISITORS, texted_person
from tests.builders import client_of, make_applicant
from tests.statements import recorded

LANGUAGES = ("zh-hans", "en")
MOST_READS = 12
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
_VOLATILE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|value=\"[\w-]{16,}\""
    r"|[a-z_]+-1\b|<span class=\"account-name\">.*?</span>|\d+"
)


@dataclass(frozen=True)
class Snapshot:
    page: PageAt
    url: str
    status: int
    html: dict[str, str]
    headers: dict[str, str]
    # How often answering in the first language read from the database.
    reads: int

    def __str__(self) -> str:
        return str(self.page)


@dataclass(frozen=True)
class Album:
    """`known` are words people typed: the only Chinese an English page may hold."""

    pages: list[Snapshot]
    known: frozenset[str]
    opened: frozenset[PageAt]


def album(*, everything: bool = False) -> Album:
    """The pages, made once per process; leaves no rows behind. Needs an open database.

    One of each sort, or `everything`: every look of every page.
    """
    return _made(everything)


@cache
def _made(everything: bool) -> Album:
    compile_catalogues(ROOT)
    # A request leaves its language behind in the thread.
    with translation.override(LANGUAGES[0]), _undone(), TemporaryDirectory() as folder:
        storages = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
        with override_settings(FILES_DIR=Path(folder), STORAGES=storages), cast_in_place() as cast:
            return _Photographer(cast, everything).album()


@contextmanager
def _undone() -> Iterator[None]:
    with suppress(_Done), transaction.atomic():
        yield
        raise _Done


class _Done(Exception):
    """Ends the transaction without keeping anything."""


class _Photographer:
    def __init__(self, cast: Cast, everything: bool) -> None:
        self.everything = everything
        self.orders = {name: scene.make(cast) for name, scene in SCENES.items()}
        self.owners = {name: client_of(order.created_by) for name, order in self.orders.items()}
        self.colleagues = {name: _colleague_of(order) for name, order in self.orders.items()}
        visitors = VISITORS | FACE_VISITORS
        self.visitors = {name: make(cast) for name, make in visitors.items()}
        self.rule_edits = stage_edits(cast)
        self.seen: set[str] = set()
        self.sorts: set[Sort] = set()
        self.wrong: set[tuple[str, str, Kind, int]] = set()
        self.pages: list[Snapshot] = []
        self.opened: set[PageAt] = set()

    def album(self) -> Album:
        for page in candidates(everything=self.everything):
            if self.everything or not self._is_known(page):
                self._take(page)
        for name, ask in ERROR_PAGES.items():
            self._take_error_page(name, ask)
        return Album(_one_of_each_name_first(self.pages), known_data(), frozenset(self.opened))

    def _is_known(self, page: PageAt) -> bool:
        """Whether a page of this sort is there, as it is read and as it comes back with errors."""
        kinds = kinds_of(page.url_name)
        known = [sort_of(replace(page, kind=kind)) in self.sorts for kind in kinds]
        return known[0] and (len(kinds) == 1 or any(known[1:]))

    def _take(self, page: PageAt) -> None:
        client, url = self._client_of(page), self._url_of(page)
        if client is None or url is None:
            return
        with recorded() as statements:
            response = _ask(client, url, None, LANGUAGES[0])
        if response.status_code != 200:
            return
        self.opened.add(page)
        if not self._keep(page, client, url, response, None, statements.reads):
            return
        for kind in kinds_of(page.url_name)[1:]:
            self._take_wrong(replace(page, kind=kind), client, url, response)

    def _take_wrong(self, page: PageAt, client: Client, url: str, shown: HttpResponse) -> None:
        """The page as it comes back with errors; the same form is filled in once."""
        for number, data in enumerate(filled_forms(shown, url, page.kind)):
            form = (page.url_name, page.variant, page.kind, number)
            answer = None if form in self.wrong else _ask(client, url, data, LANGUAGES[0])
            if answer is not None and answer.status_code == 200:
                self.wrong.add(form)
                self._keep(page, client, url, answer, data)

    def _keep(
        self,
        page: PageAt,
        client: Client,
        url: str,
        response: HttpResponse,
        data: dict | None,
        reads: int = 0,
    ) -> bool:
        """Whether the page shows something new; if so, it is taken in every language."""
        html = response.content.decode()
        looks = _VOLATILE.sub("…", html)
        if looks in self.seen or (sort_of(page) in self.sorts and not self.everything):
            return looks not in self.seen
        self.seen.add(looks)
        self.sorts.add(sort_of(page))
        answers = {LANGUAGES[0]: html}
        for language in LANGUAGES[1:]:
            answers[language] = _ask(client, url, data, language).content.decode()
        headers = dict(response.headers)
        self.pages.append(Snapshot(page, url, response.status_code, answers, headers, reads))
        return True

    def _take_error_page(self, name: str, ask: Any) -> None:
        answers = {}
        for language in LANGUAGES:
            before = transaction.savepoint()
            client = Client(headers={"accept-language": language}, raise_request_exception=False)
            response = ask(client)
            transaction.savepoint_rollback(before)
            answers[language] = response.content.decode()
        page = PageAt(name, "anonymous")
        headers = dict(response.headers)
        self.pages.append(Snapshot(page, "/", response.status_code, answers, headers, 0))

    def _client_of(self, page: PageAt) -> Client | None:
        if page.who in self.visitors:
            return self.visitors[page.who]
        if page.who in {OWNER, COLLEAGUE}:
            return (self.owners if page.who == OWNER else self.colleagues)[page.scene]
        return texted_person(self.orders[page.scene], {FIRST_PERSON: 0, LAST_PERSON: -1}[page.who])

    def _url_of(self, page: PageAt) -> str | None:
        if page.who in FACE_VISITORS and page.url_name in FACE_PAGES:
            check_id = check_open_in(self.visitors[page.who])
            return reverse(page.url_name, args=[check_id]) + page.variant
        if page.url_name in RULE_VARIANTS:
            arguments, query = rule_address(page.url_name, page.variant, self.rule_edits)
            return reverse(page.url_name, kwargs=arguments) + query
        if not page.scene or page.who in {FIRST_PERSON, LAST_PERSON}:
            return reverse(page.url_name) + page.variant
        if page.url_name not in THING_NAMES:
            return reverse(page.url_name)
        address = address_of(page, FilingOrder.objects.get(pk=self.orders[page.scene].pk))
        if address is None:
            return None
        arguments, query = address
        return reverse(page.url_name, kwargs=arguments) + query


def _colleague_of(order: FilingOrder) -> Client:
    """A sub-user who may file for the account of the order."""
    person = make_applicant(
        phone=f"137{int(order.number.replace('-', '')[-4:]):08}",
        account=order.account,
        role=MembershipRole.BEIAN_ADMINISTRATOR,
    )
    return client_of(person.user)


def _one_of_each_name_first(shots: list[Snapshot]) -> list[Snapshot]:
    """Then one of each other sort, then everything else."""
    names: set[str] = set()
    sorts: set[Sort] = set()
    rows: tuple[list[Snapshot], list[Snapshot], list[Snapshot]] = [], [], []
    for shot in shots:
        sort = sort_of(shot.page)
        rank = (shot.page.url_name in names) + (sort in sorts)
        rows[rank].append(shot)
        names.add(shot.page.url_name)
        sorts.add(sort)
    return [shot for row in rows for shot in row]


def _ask(client: Client, url: str, data: dict[str, str] | None, language: str) -> HttpResponse:
    """One request, undone afterwards so that every page meets the same world."""
    before, cookies = transaction.savepoint(), deepcopy(client.cookies)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    try:
        if data is None:
            return client.get(url)
        return client.post(url, {**data, "idempotency_key": uuid.uuid4().hex})
    finally:
        client.cookies = cookies
        transaction.savepoint_rollback(before)
