"""The ways in which people walk: with a pointer, without one, without JavaScript."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from tests.browser.conftest import Visitor

VARIABLE = "BEIAN_TEST_WAY"
# The first is the one of every day.
WAYS: dict[str, dict[str, Any]] = {
    "keyboard": {"hands": "keyboard"},
    "pointer": {},
    "no script": {"javascript": False},
}


def chosen_way() -> str:
    return os.environ.get(VARIABLE) or next(iter(WAYS))


def walking(visitor: Visitor, way: str) -> Visitor:
    """Like `visitor`, for people who walk this way."""
    return partial(visitor, **WAYS[way])
