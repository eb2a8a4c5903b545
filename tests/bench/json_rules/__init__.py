"""Our rules in JSON Logic, for the rule engine of the package index that benches measure against.

`translated` gives a rule as an expression, or None where the language cannot say it: it has no word
lists with exceptions, no patterns and no sets. The expression yields "found" where our rule finds
anything, "unknown" where all it says is that facts are lacking, and null where it is silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.rule import Rule
from tests.bench.json_rules import contacts, counts, papers, people, places, services
from tests.bench.json_rules.expressions import FOUND, NEVER, UNKNOWN, Logic, some
from tests.bench.json_rules.resolution import holds, rules_of
from tests.bench.json_rules.translators import TRANSLATORS

MODULES = (contacts, counts, papers, people, places, services)


def translated(rule: Rule, today: date) -> Logic | None:
    """Dates are written into the expression: it holds for one day."""
    translate = TRANSLATORS.get(str(rule.row.kind))
    if translate is None or rule.row.outcome == "ok":
        return None
    parts = translate(rule.kind, today)
    if parts is None:
        return None
    found = some(*(part[0] for part in parts))
    unknown = some(*(part[1] for part in parts))
    return {"if": [found, FOUND, unknown, UNKNOWN, None]}


def whole(rules: Iterable[Rule], province: str, today: date) -> list[tuple[Rule, Logic]]:
    """The province's rules and the national ones that can be expressed, each with the condition
    that it holds for an order."""
    known = rules_of(rules, province, today)
    return [
        (rule, {"if": [holds(rule, known), logic]})
        for rule in known
        if (logic := translated(rule, today)) is not None
    ]


def as_json(
    facts: Mapping[str, Any],
    province: str,
    materials: frozenset[str],
    order_type: str = "first",
) -> dict[str, Any]:
    """Facts as `rules.facts.read_facts` gives them, nested at their dots."""
    data: dict[str, Any] = {
        "province": province,
        "order_type": order_type,
        "materials": sorted(materials),
    }
    for name, value in facts.items():
        place = data
        *groups, last = name.split(".")
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = _plain(value)
    return data


def _plain(value: Any) -> Any:
    if value is None:
        return NEVER
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
