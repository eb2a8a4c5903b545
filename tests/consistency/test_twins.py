"""Documents that exist in Chinese and in English say the same: neither may drift from the other."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from beian.site_settings import REGISTRY
from tests.consistency.sources import ROOT, text

TWINS = [
    ("README.md", "docs/README.zh.md"),
    ("docs/operations.md", "docs/operations.zh.md"),
    ("docs/incident.md", "docs/incident.zh.md"),
]
BLOCK = re.compile(r"(?ms)^```.*?^```$")
SPAN = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
ADDRESS = re.compile(r"(?a)https?://[\w.:/-]*[\w/]")
SETTING = re.compile(r"(?a)\b[a-z_]+\.[a-z_]+\b")
# Not part of a word: the digits of S3 or SHA-256 are no figures.
FIGURE = re.compile(r"(?<![A-Za-z0-9.])\d+(?:[.:-]\d+)*")

Counts = Counter[str]
twins = pytest.mark.parametrize(("english", "chinese"), TWINS)


def told(name: str) -> str:
    return text(ROOT / name)


def prose(words: str) -> str:
    """Without code blocks, whose comments are in the reader's language."""
    return BLOCK.sub("", words)


def shape(words: str) -> list[str]:
    """Marks at the head of lines, in their order: headings by level, table rows, list items."""
    found = (re.match(r"#+ |\||\d+\. |- ", line) for line in prose(words).splitlines())
    return [match[0] for match in found if match]


def commands(words: str) -> Counts:
    """Lines of code blocks, comments left out."""
    lines = (line for block in BLOCK.findall(words) for line in block.splitlines())
    return Counter(line.split("# ")[0].strip() for line in lines)


def code_spans(words: str) -> Counts:
    return Counter(SPAN.findall(prose(words)))


def variables(words: str) -> Counts:
    return Counter(re.findall(r"BEIAN_[A-Z0-9_]+", words))


def settings_named(words: str) -> Counts:
    return Counter(name for name in SETTING.findall(words) if name in REGISTRY)


def addresses(words: str) -> Counts:
    return Counter(ADDRESS.findall(words))


def figures(words: str) -> Counts:
    return Counter(FIGURE.findall(ADDRESS.sub("", SPAN.sub("", prose(words)))))


READINGS = [shape, commands, code_spans, variables, settings_named, addresses, figures]


@twins
@pytest.mark.parametrize("read", READINGS)
def test_twins_agree(read, english: str, chinese: str) -> None:
    assert read(told(chinese)) == read(told(english))


def linked(name: str) -> set[Path]:
    folder = (ROOT / name).parent
    found = LINK.findall(told(name))
    return {(folder / target).resolve() for target in found if "://" not in target}


@twins
def test_twins_link_each_other_and_what_exists(english: str, chinese: str) -> None:
    assert ROOT / chinese in linked(english)
    assert ROOT / english in linked(chinese)
    assert {path for path in linked(english) | linked(chinese) if not path.exists()} == set()


@twins
def test_twins_lead_to_the_same_documents(english: str, chinese: str) -> None:
    """A Chinese reader is led to the Chinese twin where there is one."""
    twin = {ROOT / first: ROOT / second for first, second in TWINS}
    away = {ROOT / name for name in (english, chinese)}

    assert linked(chinese) - away == {twin.get(path, path) for path in linked(english) - away}


@pytest.mark.parametrize(
    ("read", "changed"),
    [
        (shape, "## A\n### B\n| `a` |"),
        (commands, "```\n./dev run  # 演示\n./dev stop\n```"),
        (code_spans, "`./dev run` `manage.py check`"),
        (variables, "BEIAN_DEMO and BEIAN_DEBUG"),
        (settings_named, "code.digits and code.minutes"),
        (addresses, "http://127.0.0.1:8000/sms/"),
        (figures, "64 MB in S3, at most 35"),
    ],
)
def test_a_difference_is_noticed(read, changed: str) -> None:
    assert read(changed) != read("")
