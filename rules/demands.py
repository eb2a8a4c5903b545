"""Everything demanded of an order, whether or not a fact decides it: for people who prepare."""

from collections.abc import Iterable
from datetime import date

from rules.rule import Rule
from rules.rule_set import Frame, RuleSet, concerns, is_in_force

AFTER_FILING = "post"


def demands_of(rule_set: RuleSet, frame: Frame, today: date) -> list[Rule]:
    """Return the rules that hold in the frame, demands kept elsewhere, and what follows filing."""
    plan = rule_set.plan(frame, today)
    decided = [
        rule
        for rule in (*plan.order, *plan.service)
        if rule.kind is None or rule.kind.holds_in(frame.province)
    ]
    kept_elsewhere = [
        rule for rule in rule_set.rules if rule.kind is None and concerns(rule, frame, today)
    ]
    return [*decided, *kept_elsewhere, *_after(rule_set.rules, frame, today)]


def _after(rules: Iterable[Rule], frame: Frame, today: date) -> list[Rule]:
    """What a filed service shows; the province's own word instead of the national one."""
    said = [
        rule
        for rule in rules
        if AFTER_FILING in rule.row.orders
        and rule.province in (None, frame.province)
        and is_in_force(rule, today)
    ]
    own = {rule.slot for rule in said if rule.province is not None}
    return [rule for rule in said if rule.province is not None or rule.slot not in own]
