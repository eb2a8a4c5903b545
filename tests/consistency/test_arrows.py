"""Imports go one way: orders → verification → beian, orders → rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.consistency.sources import ROOMS, place, python_files, tree

MAY_KNOW = {
    "beian": {"beian"},
    "rules": {"rules"},
    "verification": {"verification", "beian"},
    "orders": {"orders", "verification", "beian", "rules"},
    "outside": {"outside"},
}
KNOW_EVERY_ROOM = {"beian/settings.py", "beian/urls.py", "beian/celery.py"}

# What a migration rests on has to stay as it was: keys, seals, fields, guards of tables, the clock.
MIGRATIONS_MAY_KNOW = ("beian.append_only", "beian.clock", "beian.crypto", "outside.clock")

# A dotted name in a string, "orders.FilingOrder" in a foreign key, points like an import does.
DOTTED = re.compile(rf"^({'|'.join(ROOMS)})\.(?!sqlite3$)[A-Za-z_][\w.]*$")


def rooms_pointed_at(module: ast.Module, own_room: str) -> Iterator[tuple[int, str]]:
    """Line and room of every import and dotted string."""
    for node in ast.walk(module):
        for name in _names(node, own_room):
            room = name.split(".")[0]
            if room in ROOMS:
                yield node.lineno, room


def _names(node: ast.AST, own_room: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [own_room if node.level else node.module or ""]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and DOTTED.match(node.value):
        return [node.value]
    return []


@pytest.mark.parametrize("room", ROOMS)
def test_room_points_only_where_it_may(room: str) -> None:
    wrong = [
        f"{place(path)}:{line} → {target}"
        for path in python_files(room, migrations=True)
        if place(path) not in KNOW_EVERY_ROOM
        for line, target in rooms_pointed_at(tree(path), room)
        if target not in MAY_KNOW[room]
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "import orders.models",
        "from orders.models import FilingOrder",
        "owner = models.ForeignKey('orders.FilingOrder')",
    ],
)
def test_pointing_back_is_noticed(source: str) -> None:
    assert list(rooms_pointed_at(ast.parse(source), "beian")) == [(1, "orders")]


def test_migration_rests_on_nothing_that_the_product_goes_on_changing() -> None:
    """It carries its own lists: what today's code says may be another thing in a year."""
    wrong = [
        f"{place(path)}: {name}"
        for path in python_files(*ROOMS, migrations=True)
        if "migrations" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in _modules(node)
        if name.split(".")[0] in ROOMS and not f"{name}.".startswith(MIGRATIONS_MAY_KNOW)
    ]

    assert wrong == []


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    """With `from a import b`, b may be a module as well."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names]
