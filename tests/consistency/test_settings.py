"""Every site setting is read somewhere: an operator never turns a knob connected to nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from beian.site_settings import REGISTRY
from tests.consistency.sources import PRODUCT, place, python_files, tree

DECLARED_IN = "beian/site_settings/"


def names_read(module: ast.Module) -> Iterator[re.Pattern[str]]:
    """Every string of the module, and names that a call of `setting` puts together, as patterns."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.compile(re.escape(node.value))
        elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "setting":
            parts = (part for name in node.args for part in ast.walk(name))
            yield from (_pattern(part) for part in parts if isinstance(part, ast.JoinedStr))


def _pattern(name: ast.JoinedStr) -> re.Pattern[str]:
    parts = (
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w.]+"
        for part in name.values
    )
    return re.compile("".join(parts))


def unread(names: set[str], modules: list[ast.Module]) -> set[str]:
    patterns = [pattern for module in modules for pattern in names_read(module)]
    return {name for name in names if not any(pattern.fullmatch(name) for pattern in patterns)}


def test_every_setting_is_read_somewhere() -> None:
    readers = [path for path in python_files(*PRODUCT) if DECLARED_IN not in place(path)]

    assert unread(set(REGISTRY), [tree(path) for path in readers]) == set()


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("setting('a.count')", {"b.count"}),
        ("NAME = 'b.count'", {"a.count"}),
        ("setting(f'{kind}.count')", set()),
        ("print(f'{kind}.count')", {"a.count", "b.count"}),
        ("a.count", {"a.count", "b.count"}),
    ],
)
def test_a_setting_that_nobody_reads_is_noticed(source: str, expected: set[str]) -> None:
    assert unread({"a.count", "b.count"}, [ast.parse(source)]) == expected
