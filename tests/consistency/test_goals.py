"""The table of goals names tests, benches, proofs and commands that exist, and every goal once."""

from __future__ import annotations

import re

import pytest

from tests.consistency.sources import ROOT, text

GOALS = 26
ROW = re.compile(r"^\| U(\d+) \|", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
BENCH_OR_PROOF = re.compile(r"`\./dev (bench|prove) ([\w-]+)`")
RUN = re.compile(r"`\./dev test ([\w/.]+)`")


def missing(document: str) -> list[str]:
    """What the document names and the repository does not hold."""
    lacks = [path for path in RUN.findall(document) if not (ROOT / path).exists()]
    for path, name in NAMED.findall(document):
        file = ROOT / path
        if not file.exists() or (name and f"\ndef {name}(" not in text(file)):
            lacks.append(f"{path}::{name}".removesuffix("::"))
    for verb, name in BENCH_OR_PROOF.findall(document):
        word = {"bench": "@bench", "prove": "@proof"}[verb]
        declared = re.compile(rf'{word}\(\s*"{name}"')
        if not any(declared.search(text(file)) for file in (ROOT / "tests" / verb).glob("*.py")):
            lacks.append(f"{verb} {name}")
    return lacks


def test_what_the_goals_are_held_by_exists() -> None:
    assert missing(text(ROOT / "docs/goals.md")) == []


def test_every_goal_has_one_row() -> None:
    rows = [int(number) for number in ROW.findall(text(ROOT / "docs/goals.md"))]

    assert rows == list(range(1, GOALS + 1))


@pytest.mark.parametrize(
    ("written", "lacks"),
    [
        ("`tests/conftest.py`", []),
        ("`tests/gone.py`", ["tests/gone.py"]),
        ("`tests/conftest.py::test_gone`", ["tests/conftest.py::test_gone"]),
        ("`./dev bench goals` and `./dev prove axe`", []),
        ("`./dev bench gone`", ["bench gone"]),
        ("`./dev test tests/gone.py`", ["tests/gone.py"]),
    ],
)
def test_name_of_what_is_gone_is_noticed(written: str, lacks: list[str]) -> None:
    assert missing(written) == lacks
