"""Whom and which orders a rule concerns, and which rule takes its place, as expressions.

An engine that is given rules as they stand in the data has to ask this of every rule; ours keeps
plans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from rules.row import RuleRow
from rules.rule import Rule
from rules.rule_set import is_in_force
from rules.who import EVERYBODY, ORDER_TYPES
from tests.bench.json_rules.expressions import Logic, every, negated, one_of, some

SERVICES = frozenset(RuleRow.model_fields["services"].default)


def rules_of(rules: Iterable[Rule], province: str, today: date) -> list[Rule]:
    """The national ones and the province's own that are in force."""
    return [
        rule
        for rule in rules
        if rule.kind is not None and rule.province in (None, province) and is_in_force(rule, today)
    ]


def holds(rule: Rule, others: Iterable[Rule]) -> Logic:
    """True where the rule concerns the order and no other of its slot takes its place."""
    winners = (other for other in others if other.slot == rule.slot and _beats(other, rule))
    return every(_concerns(rule), negated(some(*map(_concerns, winners))))


def _concerns(rule: Rule) -> Logic:
    return every(
        _among("order_type", rule.order_types, ORDER_TYPES),
        _among("subject.nature", rule.natures, EVERYBODY),
        _among("service_type", rule.row.services, SERVICES),
    )


def _among(fact: str, group: Collection[str], every_value: frozenset[str]) -> Logic:
    """In as few words as possible: nothing for everybody, the exceptions where they are fewer."""
    exceptions = every_value - set(group)
    if len(exceptions) < len(group):
        return negated(one_of(fact, sorted(exceptions))) if exceptions else True
    return one_of(fact, sorted(group))


def _beats(other: Rule, rule: Rule) -> bool:
    if other.province == rule.province:
        return _rank(other) < _rank(rule)
    replaces = other.row.outcome == "ok" or not other.is_additive
    return other.province is not None and replaces


def _rank(rule: Rule) -> tuple[int, int]:
    """The narrower first, then the later."""
    return len(rule.natures), -(rule.row.valid_from or date.min).toordinal()
