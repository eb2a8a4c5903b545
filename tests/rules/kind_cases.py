"""Asks one kind about one case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from rules.calendar import Overrides
from rules.facts import read_facts
from rules.kinds import KINDS, Case, Hit, Unknown


def ask(
    kind: str,
    params: dict[str, Any],
    facts: dict[str, Any],
    *,
    materials: tuple[str, ...] = (),
    today: date = date(2026, 11, 16),
    days: Overrides | None = None,
) -> list[tuple[str, str | None] | tuple[str, ...]]:
    """Return (about, material) per hit and the facts lacking per unknown."""
    case = Case(read_facts(facts), "33", "first", today, frozenset(materials), days or {})
    results = KINDS[kind].model_validate(params).check(case)
    return [_short(result) for result in results]


def _short(result: Hit | Unknown) -> tuple[str, str | None] | tuple[str, ...]:
    return result.facts if isinstance(result, Unknown) else (result.about, result.material)


def softened(kind: str, params: dict[str, Any], facts: dict[str, Any]) -> dict[str, str | None]:
    """Return what each hit makes of its row's outcome, by tag."""
    case = Case(read_facts(facts), "33", "first", date(2026, 11, 16))
    results = KINDS[kind].model_validate(params).check(case)
    return {result.about: result.outcome for result in results if isinstance(result, Hit)}


def refusal(kind: str, params: dict[str, Any]) -> str:
    """Return what is said against these parameters; fails if they are taken."""
    with pytest.raises(ValidationError) as refused:
        KINDS[kind].model_validate(params)
    return str(refused.value)
