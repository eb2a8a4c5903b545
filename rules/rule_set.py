"""A version of all rules, and which of them speak in a given frame.

Resolution, per slot: the national rule is taken first, then the province's. A province's rule
replaces the national one of its slot; a rule of an additive kind is added; outcome "ok" says there
is no rule and silences the slot. Within one province the narrower `who` wins, then the later
`valid_from`; equals all hold.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that hold in one frame: asked once per order, and once per service."""

    order: tuple[Rule, ...]
    service: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """`nature` or `service_type` None means unknown: only rules for everybody are sure to hold."""

    province: str
    order_type: str
    nature: str | None
    service_type: str | None


class RuleSet:
    """Loaded rules, with compiled plans kept per frame and period."""

    def __init__(self, rules: Iterable[Rule], *, version: str) -> None:
        self.rules = tuple(rules)
        self.version = version
        self._plans: dict[tuple[Frame, int], Plan] = {}
        self._turns = sorted(set(self._turning_days()))

    def _turning_days(self) -> Iterator[date]:
        for rule in self.rules:
            if rule.row.valid_from is not None:
                yield rule.row.valid_from
            if rule.row.valid_to is not None:
                yield date.fromordinal(rule.row.valid_to.toordinal() + 1)

    def plan(self, frame: Frame, today: date) -> Plan:
        """Return the rules in force on `today`; plans are compiled once per stretch of time in
        which no rule begins or ends."""
        period = sum(turn <= today for turn in self._turns)
        plan = self._plans.get((frame, period))
        if plan is None:
            rules = resolve(self.rules, frame, today)
            plan = Plan(
                order=tuple(rule for rule in rules if rule.scope == "order"),
                service=tuple(rule for rule in rules if rule.scope == "service"),
            )
            self._plans[frame, period] = plan
        return plan


def resolve(rules: Iterable[Rule], frame: Frame, today: date) -> list[Rule]:
    """Return the rules that hold, in the order of the data."""
    concerned = [rule for rule in rules if rule.kind is not None and concerns(rule, frame, today)]
    holding: dict[str, list[Rule]] = {}
    for province in (None, frame.province):
        layer = _narrowest([rule for rule in concerned if rule.province == province])
        for slot, found in layer.items():
            replaces = any(rule.row.outcome == "ok" or not rule.is_additive for rule in found)
            holding[slot] = found if replaces else holding.get(slot, []) + found
    kept = [rule for found in holding.values() for rule in found if rule.row.outcome != "ok"]
    return sorted(kept, key=lambda rule: (rule.province or "", rule.row.key))


def concerns(rule: Rule, frame: Frame, today: date) -> bool:
    """Whether a rule speaks of orders like this one, its slot aside."""
    row = rule.row
    return (
        is_in_force(rule, today)
        and rule.province in (None, frame.province)
        and frame.order_type in rule.order_types
        and _certainly(frame.nature, rule.natures, everybody="*" in row.who)
        and _certainly(frame.service_type, row.services, everybody=len(row.services) > 1)
    )


def is_in_force(rule: Rule, today: date) -> bool:
    """Whether a rule is switched on and its time has come and not passed."""
    row = rule.row
    begun = row.valid_from is None or row.valid_from <= today
    return row.enabled and begun and (row.valid_to is None or today <= row.valid_to)


def _certainly(value: str | None, group: Iterable[str], *, everybody: bool) -> bool:
    return everybody if value is None else value in group


def _narrowest(rules: list[Rule]) -> dict[str, list[Rule]]:
    """Return one layer's rules by slot, the narrower and later in front of the rest."""
    slots: dict[str, list[Rule]] = {}
    for rule in rules:
        slots.setdefault(rule.slot, []).append(rule)
    return {slot: _winners(found) for slot, found in slots.items()}


def _winners(found: list[Rule]) -> list[Rule]:
    best = min(map(_rank, found))
    return [rule for rule in found if _rank(rule) == best]


def _rank(rule: Rule) -> tuple[int, int]:
    begins = rule.row.valid_from or date.min
    return (len(rule.natures), -begins.toordinal())
