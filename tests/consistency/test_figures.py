"""No text of the data says a figure of its own: it would stay when the rule or setting changes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.consistency.sources import ROOT

FILES = [
    "rules/data/national.toml",
    "orders/data/need.toml",
    "orders/data/reasons.toml",
    "orders/data/checklist.toml",
    "orders/data/notices.toml",
    "orders/data/staff_notices.toml",
    "beian/data/staff_notices.toml",
]
# Figures with a unit that a rule or a setting may change.
FIGURE = re.compile(
    r"\d+ ?(?:分钟|小时|天|日内|个工作日|个月|周岁|个字|个)"
    r"|\d+ (?:working )?(?:minutes?|hours?|days?|months?|characters?)|\d+ or older"
)
WORDS = {"title", "text", "personal_text", "cause", "look", "note", "subject", "body", "short"}


def texts_in(value: Any, *, are_words: bool = False) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from texts_in(part, are_words=are_words or key in WORDS)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, are_words=are_words)
    elif are_words and isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", FILES)
def test_figures_of_texts_are_filled_in(name: str) -> None:
    texts = list(texts_in(tomllib.loads((ROOT / name).read_text(encoding="utf-8"))))

    assert texts
    assert [text for text in texts if FIGURE.search(text)] == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("剩余有效期不少于 3 个月", True),
        ("verifies within 24 hours", True),
        ("自 2020 年 8 月 17 日起", False),
        ("runs for {months} months", False),
    ],
)
def test_a_figure_in_a_text_is_noticed(text: str, is_found: bool) -> None:
    assert [*map(bool, map(FIGURE.search, texts_in({"title": {"zh": text}})))] == [is_found]
