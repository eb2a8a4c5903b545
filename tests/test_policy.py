"""The policy table is complete, true for every role, and silent about other accounts."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from beian.actions.heartbeats import BEAT, SWEEP, note_heartbeat
from orders.desk import acts as desk_acts
from orders.filings import acts as applicant_acts
from orders.models import FilingOrder
from tests.builders import post
from tests.pages import without_tokens
from tests.policy import (
    DECLINED,
    DONE,
    GET,
    HIDDEN,
    OPEN,
    POST,
    REFUSED,
    SIGN_IN,
    TABLE,
    Row,
)
from tests.policy_acts import give_the_case
from tests.policy_world import MONITOR_ADDRESS, OTHER_OWNER, ROLES, World, make_world

NAMES = sorted({row.name for row in TABLE})
ABOUT_ONE_THING = [
    row
    for row in TABLE
    if row.arguments is not None and not row.is_for_staff and OTHER_OWNER not in row.allowed
]


def url_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for item in resolver.url_patterns:
        if isinstance(item, URLPattern):
            yield f"{prefix}{item.name}"
        else:
            yield from url_names(item, f"{prefix}{item.namespace}:" if item.namespace else prefix)


def address(row: Row, world: World, replaced: dict[str, object] | None = None) -> str:
    arguments = row.arguments(world) if row.arguments else {}
    return reverse(row.name, kwargs={**arguments, **(replaced or {})}) + row.query


@contextmanager
def undone() -> Iterator[None]:
    """Every role meets the same world."""
    before = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(before)


def ask(client: Client, row: Row, url: str) -> HttpResponse:
    with undone():
        return post(client, url, row.data) if row.method == POST else client.get(url)


def outcome(response: HttpResponse) -> str:
    doors = (reverse(settings.LOGIN_URL), reverse(settings.STAFF_LOGIN_URL))
    if response.status_code == 302 and response.url.startswith(tuple(f"{url}?" for url in doors)):
        return SIGN_IN
    names = {200: OPEN, 302: OPEN, 403: REFUSED, 404: HIDDEN}
    return names.get(response.status_code, str(response.status_code))


def outcome_of_act(row: Row, world: World, role: str, url: str, order: FilingOrder) -> str:
    """What the post of an act came to: an act that was done is in the order's history."""
    with undone():
        give_the_case(world, order, row.act, role)
        before = order.events.count()
        answer = post(world.clients[role], url, {"version": order.version, **row.data})
        found = outcome(answer)
        added = list(order.events.values_list("name", flat=True))[before:]
    if found != OPEN:
        assert added == []
        return found
    assert added in ([], [row.act])
    return DONE if added else DECLINED


@pytest.fixture
def world(db, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    settings.MONITORS = [ip_network(MONITOR_ADDRESS)]
    for kind in (BEAT, SWEEP):
        # Otherwise /readyz answers 503 to everybody.
        note_heartbeat(kind)
    return make_world()


def test_table_names_every_address_and_no_other():
    assert sorted(url_names(get_resolver())) == NAMES


def test_table_has_no_row_twice():
    rows = [str(row) for row in TABLE]
    assert sorted(set(rows)) == sorted(rows)


def test_table_has_a_page_of_every_act():
    wanted = {("orders:act", name) for name in applicant_acts.ACTS}
    wanted |= {("orders:case-act", name) for name in ["take", *desk_acts.ACTS]}

    for method in (GET, POST):
        rows = {(row.name, row.act) for row in TABLE if row.act and row.method == method}
        assert rows == wanted


@pytest.mark.parametrize("row", [row for row in TABLE if not row.moves], ids=str)
def test_every_role_gets_what_the_table_says(row, world):
    url = address(row, world)

    found = {role: outcome(ask(world.clients[role], row, url)) for role in ROLES}

    assert found == {role: row.expected(role) for role in ROLES}


@pytest.mark.parametrize("row", [row for row in TABLE if row.moves], ids=str)
def test_every_role_acts_where_the_table_says(row, world):
    given = row.arguments(world)
    order, url = FilingOrder.objects.get(pk=given["pk"]), reverse(row.name, kwargs=given)

    found = {role: outcome_of_act(row, world, role, url, order) for role in ROLES}

    assert found == {role: row.expected(role) for role in ROLES}


@pytest.mark.parametrize("name", NAMES)
def test_methods_outside_the_table_are_not_served(name, world):
    rows = [row for row in TABLE if row.name == name]
    for method in {GET, POST} - {row.method for row in rows}:
        role = sorted(rows[0].allowed)[0]
        row = Row(name, method, rows[0].allowed, rows[0].arguments, rows[0].query)

        assert outcome(ask(world.clients[role], row, address(row, world))) == "405"


@pytest.mark.parametrize("row", ABOUT_ONE_THING, ids=str)
def test_other_accounts_thing_answers_like_one_that_does_not_exist(row, world):
    missing = str(uuid.uuid4())
    real = str(row.arguments(world)["pk"])
    stranger = world.clients[OTHER_OWNER]

    pages = []
    for pk in (real, missing):
        answer = ask(stranger, row, address(row, world, {"pk": pk}))
        pages.append((answer.status_code, without_tokens(answer).replace(pk, "…")))

    assert pages[0] == pages[1]
    assert pages[0][0] == 404
