"""Everything demanded of an order, whether or not a fact decides it: for people who prepare."""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.kinds.ages import MinAge
from rules.rule import Rule
from rules.rule_set import Frame, RuleSet, concerns, fits, in_force
from rules.who import PERSONAL

AFTER_FILING = "post"


def demands_of(rule_set: RuleSet, frame: Frame, today: date) -> list[Rule]:
    """Return the rules that hold in the frame, demands kept elsewhere, and what follows filing.

    Rows of outcome "ok" are among them: they tell what the province does not ask for.
    """
    holding, _ = in_force(rule_set.rules, frame, today)
    decided = [rule for rule in holding if _is_told(rule, frame)]
    kept_elsewhere = [
        rule for rule in rule_set.rules if rule.kind is None and concerns(rule, frame, today)
    ]
    return [
        *_strictest_ages(decided, frame),
        *kept_elsewhere,
        *_after(rule_set.rules, frame, today),
    ]


def _is_told(rule: Rule, frame: Frame) -> bool:
    kind = rule.kind
    told = kind is None or kind.holds_in(frame.province)
    return told and (kind is None or frame.nature is None or kind.told_to(frame.nature))


def _strictest_ages(rules: list[Rule], frame: Frame) -> Iterator[Rule]:
    """Leave out the age below which nobody files anywhere where a higher one is asked for."""
    one_person = frame.nature in PERSONAL
    asked = [rule.kind for rule in rules if isinstance(rule.kind, MinAge)]
    for rule in rules:
        own = rule.kind
        if not isinstance(own, MinAge) or not any(
            kind.years > own.years and (one_person or set(own.roles) <= set(kind.roles))
            for kind in asked
        ):
            yield rule


def _after(rules: Iterable[Rule], frame: Frame, today: date) -> list[Rule]:
    """What a filed service shows; the province's own word instead of the national one."""
    said = [rule for rule in rules if AFTER_FILING in rule.row.orders and fits(rule, frame, today)]
    own = {rule.slot for rule in said if rule.province is not None}
    return [rule for rule in said if rule.province is not None or rule.slot not in own]
