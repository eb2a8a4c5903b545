"""A version of all rules, and which of them speak in a given frame.

Resolution, per slot: the national rule is taken first, then the province's. A province's rule
replaces the national one of its slot; a rule of an additive kind is added; outcome "ok" says there
is no rule and silences the slot, or all that is national of an additive kind. Within one province
the narrower `who` wins, then the later `valid_from`; equals all hold.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from itertools import product
from typing import Protocol

from rules.rule import Rule
from rules.vocabulary import CHOICES, NATURE, SERVICE_TYPE

BLOCK, HIGH = "block", "high"
PLANS_KEPT = 1_000
Replaced = Mapping[Rule, tuple[Rule, ...]]


class ListsInUse(Protocol):
    """Word lists and suffixes that are not those of this release (rules.release)."""

    def in_use(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that hold in one frame: asked once per order, and once per service.

    `doubtful` hold for some values of the `unknown` facts of the frame only. `replaced` are the
    sure national demands in whose place a less sure rule speaks.
    """

    order: tuple[Rule, ...]
    service: tuple[Rule, ...]
    doubtful: tuple[Rule, ...] = ()
    unknown: tuple[str, ...] = ()
    replaced: Replaced = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """`nature` or `service_type` None means unknown: sure are the rules that hold for all."""

    province: str
    order_type: str
    nature: str | None
    service_type: str | None

    @property
    def unknown(self) -> tuple[str, ...]:
        """The facts that are missing."""
        told = {NATURE: self.nature, SERVICE_TYPE: self.service_type}
        return tuple(fact for fact, value in told.items() if value is None)

    def possible(self) -> list["Frame"]:
        """Every frame this one may turn out to be; itself where nothing is unknown."""
        natures = CHOICES[NATURE] if self.nature is None else (self.nature,)
        types = CHOICES[SERVICE_TYPE] if self.service_type is None else (self.service_type,)
        return [
            replace(self, nature=nature, service_type=service_type)
            for nature, service_type in product(natures, types)
        ]


class RuleSet:
    """Loaded rules, with compiled plans kept per frame and period; `lists` are those to ask them
    with, where they come from another release."""

    def __init__(
        self, rules: Iterable[Rule], *, version: str, lists: ListsInUse | None = None
    ) -> None:
        self.rules = tuple(rules)
        self.version = version
        self.lists = lists
        self._turns = sorted(set(self._turning_days()))
        # Of the many thousand frames anybody can ask about, few are asked about often.
        self._plan = lru_cache(maxsize=PLANS_KEPT)(partial(_plan, self.rules, self._turns))

    def lists_in_use(self) -> AbstractContextManager[None]:
        """Word lists and suffixes as these rules are read and asked with them."""
        return self.lists.in_use() if self.lists else nullcontext()

    def _turning_days(self) -> Iterator[date]:
        for rule in self.rules:
            if rule.row.valid_from is not None:
                yield rule.row.valid_from
            if rule.row.valid_to is not None and rule.row.valid_to < date.max:
                yield date.fromordinal(rule.row.valid_to.toordinal() + 1)

    def plan(self, frame: Frame, today: date) -> Plan:
        """Return the rules in force on `today`; plans are compiled once per stretch of time in
        which no rule begins or ends."""
        return self._plan(frame, bisect_right(self._turns, today))


def _plan(rules: Sequence[Rule], turns: Sequence[date], frame: Frame, period: int) -> Plan:
    """The plan on the first day of a period, and so on each of it."""
    return compiled(rules, frame, turns[period - 1] if period else date.min)


def compiled(rules: Iterable[Rule], frame: Frame, today: date) -> Plan:
    """Return the plan of a frame: what holds in every frame it may turn out to be is sure."""
    begun = [rule for rule in rules if rule.kind is not None and is_in_force(rule, today)]
    plans = [resolve(begun, possible, today) for possible in frame.possible()]
    held = dict.fromkeys(rule for plan, _ in plans for rule in plan)
    sure = frozenset.intersection(*(frozenset(plan) for plan, _ in plans))
    doubtful = tuple(rule for rule in held if rule not in sure)
    return Plan(
        order=tuple(rule for rule in held if rule in sure and rule.scope == "order"),
        service=tuple(rule for rule in held if rule in sure and rule.scope == "service"),
        doubtful=doubtful,
        unknown=frame.unknown if doubtful else (),
        replaced=plans[0][1] if len(plans) == 1 else {},
    )


def resolve(rules: Iterable[Rule], frame: Frame, today: date) -> tuple[list[Rule], Replaced]:
    """Return the rules that hold, in the order of the data, and those some of them replace."""
    kept, replaced = in_force(rules, frame, today)
    return [rule for rule in kept if rule.row.outcome != "ok"], replaced


def in_force(rules: Iterable[Rule], frame: Frame, today: date) -> tuple[list[Rule], Replaced]:
    """The same with the rows that say there is no rule, which silence theirs."""
    concerned = [rule for rule in rules if rule.kind is not None and concerns(rule, frame, today)]
    holding: dict[str, list[Rule]] = {}
    replaced: dict[Rule, tuple[Rule, ...]] = {}
    for province in (None, frame.province):
        layer = _narrowest([rule for rule in concerned if rule.province == province])
        for slot, found in layer.items():
            is_silent = any(rule.row.outcome == "ok" for rule in found)
            if is_silent:
                holding = _without_added(holding, slot)
            replaces = is_silent or not all(rule.is_additive for rule in found)
            before = holding.get(slot, [])
            holding[slot] = found if replaces else before + found
            replaced |= _told_again(found, before) if replaces else {}
    kept = [rule for found in holding.values() for rule in found]
    return sorted(kept, key=lambda rule: (rule.province or "", rule.row.key)), replaced


def _without_added(holding: dict[str, list[Rule]], kind: str) -> dict[str, list[Rule]]:
    """Leave out the national rules of an additive kind that stand in slots of their own: a province
    that says there is none means each of them, also those to come."""
    return {
        slot: found
        for slot, found in holding.items()
        if not all(_is_added(rule, kind) for rule in found)
    }


def _is_added(rule: Rule, kind: str) -> bool:
    return rule.province is None and rule.row.slot is None and rule.row.kind == kind


def _told_again(found: Iterable[Rule], before: Iterable[Rule]) -> Replaced:
    """The sure blocks of `before` that less sure blocks of `found` take the place of."""
    sure = tuple(rule for rule in before if _is_sure(rule))
    unsure = (rule for rule in found if rule.row.outcome == BLOCK and not _is_sure(rule))
    return {rule: sure for rule in unsure if sure and not rule.row.takes_objection}


def _is_sure(rule: Rule) -> bool:
    return rule.row.outcome == BLOCK and rule.row.confidence == HIGH


def concerns(rule: Rule, frame: Frame, today: date) -> bool:
    """Whether a rule speaks of orders like this one, its slot aside."""
    return frame.order_type in rule.order_types and fits(rule, frame, today)


def fits(rule: Rule, frame: Frame, today: date) -> bool:
    """Whether a rule speaks of such subjects and services, whatever they order."""
    row = rule.row
    return (
        is_in_force(rule, today)
        and rule.province in (None, frame.province)
        and frame.nature in rule.natures
        and frame.service_type in row.services
    )


def is_in_force(rule: Rule, today: date) -> bool:
    """Whether a rule is switched on and its time has come and not passed."""
    row = rule.row
    begun = row.valid_from is None or row.valid_from <= today
    return row.enabled and begun and (row.valid_to is None or today <= row.valid_to)


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
