"""Nothing in the repository depends on, or tells of, the machine it was written on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.consistency.sources import all_files, place, text

THIS_FILE = "tests/consistency/test_traces.py"

TRACES = {
    "machine path": re.compile(r"(?<![\w.$}])/(?:work|root|home/\w+|tmp)/"),
    "package registry": re.compile(
        r"pypi\.org|pythonhosted|npmjs|deb\.debian\.org|mirrors\.\w+\.(?:com|cn)", re.I
    ),
    "working material": re.compile(r"\bshared/(?:domain|mockups)|\bmock-?ups?/", re.I),
}


def traces(source: str) -> list[str]:
    return [
        f"{name}: {found.group()}"
        for name, pattern in TRACES.items()
        if (found := pattern.search(source))
    ]


def is_binary(path: Path) -> bool:
    """As git decides: a zero byte near the beginning."""
    return b"\0" in path.read_bytes()[:8000]


def test_files_carry_no_traces() -> None:
    wrong = {
        place(path): traces(text(path))
        for path in all_files()
        if place(path) != THIS_FILE and not is_binary(path) and traces(text(path))
    }

    assert wrong == {}


@pytest.mark.parametrize(
    "source", ["open('/tmp/a')", "see /root/x", "https://pypi.org/simple", "shared/domain/facts.md"]
)
def test_a_trace_is_noticed(source: str) -> None:
    assert traces(source)
