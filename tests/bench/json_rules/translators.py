"""Where a kind of rule is tied to the function that writes it as an expression."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.bench.json_rules.expressions import Logic

# What is found, and what is not known; None for parameters that the language has no words for.
Parts = list[tuple[Logic, Logic]]
Translator = Callable[[Any, date], Parts | None]

TRANSLATORS: dict[str, Translator] = {}


def translates(*kinds: str) -> Callable[[Translator], Translator]:
    def register(function: Translator) -> Translator:
        for kind in kinds:
            TRANSLATORS[kind] = function
        return function

    return register
