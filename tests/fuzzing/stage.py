"""Who asks and what they ask about: an order as one scene leaves it, and everybody around it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from beian.enums import MembershipRole
from orders.assessment import assess
from orders.desk.acts import ACTS as DESK_ACTS
from orders.filings.acts import ACTS
from orders.models import FilingOrder, RuleEdit
from orders.steps import CHECK, EVERY_KEY
from orders.truthfulness import standings_of
from orders.views.face_check import ACTS as PERSON_ACTS
from orders.views.truthfulness import ACTS as STEP_ACTS
from tests.browser.cast import Cast, cast_in_place
from tests.browser.face_visitors import FACE_VISITORS, check_open_in
from tests.browser.rule_pages import stage_edits
from tests.browser.scenes import SCENES
from tests.browser.visitors import VISITORS, texted_person
from tests.builders import client_of, make_applicant
from verification.actions.documents import documents_of
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink


@dataclass(frozen=True)
class Route:
    """An address as the URLconf has it: the pieces of its path and the names between them."""

    name: str
    pieces: tuple[str, ...]

    def path(self, arguments: dict[str, str]) -> str:
        filled = (arguments[piece[1:]] if piece.startswith("<") else piece for piece in self.pieces)
        return "/" + "".join(filled)

    @property
    def arguments(self) -> list[str]:
        return [piece[1:] for piece in self.pieces if piece.startswith("<")]


def routes() -> list[Route]:
    return sorted(
        set(_routes(get_resolver(), "", "")), key=lambda route: (route.name, route.pieces)
    )


def _routes(resolver: URLResolver, space: str, before: str) -> Iterator[Route]:
    for item in resolver.url_patterns:
        text = before + str(item.pattern)
        if isinstance(item, URLPattern):
            yield Route(f"{space}{item.name}", _pieces(text))
        else:
            inner = f"{item.namespace}:" if item.namespace else space
            yield from _routes(item, inner, text)


def _pieces(route: str) -> tuple[str, ...]:
    """`filings/<uuid:pk>/` → ("filings/", "<pk", "/")."""
    marks = [-1, *[at for at, char in enumerate(route) if char in "<>"], len(route)]
    parts = [(route[start + 1 : end], start) for start, end in pairwise(marks)]
    return tuple(
        f"<{text.rpartition(':')[2]}" if start >= 0 and route[start] == "<" else text
        for text, start in parts
        if text
    )


@dataclass(frozen=True)
class Stage:
    """`sessions` gives the session cookie of each role ("" for nobody signed in)."""

    sessions: dict[str, str]
    arguments: dict[str, list[str]]

    def known(self, route: Route) -> dict[str, list[str]]:
        """Values of each argument of the route that are about the order of the stage."""
        many = {name: self.arguments.get(name, ["x"]) for name in route.arguments}
        return {name: values[:1] if name == "pk" else values for name, values in many.items()}


@contextmanager
def stage_of(scene: str) -> Iterator[Stage]:
    """The stage while the block lasts; nothing of it stays in the database."""
    with transaction.atomic(), cast_in_place() as cast:
        order = SCENES[scene].make(cast)
        stage_edits(cast)
        clients = {name: make(cast) for name, make in VISITORS.items()}
        clients |= _people_of(order, cast)
        sessions = {name: _session(client) for name, client in clients.items()}
        yield Stage(sessions, _arguments(order, clients))
        transaction.set_rollback(True)


def _people_of(order: FilingOrder, cast: Cast) -> dict[str, Client]:
    colleague = make_applicant(
        phone="13900009981", account=order.account, role=MembershipRole.BEIAN_ADMINISTRATOR
    )
    without = make_applicant(phone="13900009982", account=order.account, role=MembershipRole.NONE)
    people = {
        "owner": client_of(order.created_by),
        "sub-user with the role": client_of(colleague.user),
        "sub-user without the role": client_of(without.user),
    }
    texted = texted_person(order, 0)
    faces = {name: make(cast) for name, make in FACE_VISITORS.items()}
    return people | faces | ({"texted person": texted} if texted is not None else {})


def _session(client: Client) -> str:
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def _persons_of(order: FilingOrder) -> list[str]:
    return [] if order.is_erased else [standing.key for standing in standings_of(order)]


def _marks_of(order: FilingOrder) -> list[str]:
    found = assess(order).objectionables if order.is_editable and not order.is_erased else ()
    return [entry.mark for entry in found]


def _arguments(order: FilingOrder, clients: dict[str, Client]) -> dict[str, list[str]]:
    """What may stand in an address, by the name the URLconf gives it; right ones come first."""
    documents = [str(document.pk) for document in documents_of(order.pk)]
    checks = TruthfulnessCheck.objects.filter(owner=order.pk)
    photos = FacePhoto.objects.filter(check_row__in=checks)
    links = TruthfulnessLink.objects.filter(check_row__in=checks)
    opened = [check_open_in(clients[name]) for name in FACE_VISITORS]
    values: dict[str, list[Any]] = {
        "pk": [order.pk, *documents[:1], uuid.UUID(int=7)],
        "document_id": [*documents, uuid.UUID(int=7)],
        "comment_id": [*order.comments.values_list("pk", flat=True), 0, 10**18, 10**30],
        "objection_id": [*order.objections.values_list("pk", flat=True), 0, 10**18, 10**30],
        "mark": [*_marks_of(order), "0" * 64],
        "key": [*EVERY_KEY, CHECK.key],
        "who": [*_persons_of(order), "nobody"],
        "token": [*(link.token for link in links), "0" * 32],
        "check_id": [*checks.values_list("pk", flat=True), *opened, uuid.UUID(int=7)],
        "photo_id": [*photos.values_list("pk", flat=True), uuid.UUID(int=7)],
        "rule_key": ["N19~shape", "N01", "44-01", "N98", "N19~nowhere"],
        "edit_id": [*RuleEdit.objects.values_list("pk", flat=True), uuid.UUID(int=7)],
        "place": ["national", "33", "98"],
        "name": [*ACTS, *DESK_ACTS, *PERSON_ACTS, *STEP_ACTS],
    }
    return {name: [str(one) for one in many] for name, many in values.items()}
