"""Facts in, findings out: the one question the rest of the product asks of the rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from rules.calendar import NO_OVERRIDES, Overrides
from rules.confidence import as_sure_as
from rules.doubt import in_doubt
from rules.facts import read_facts
from rules.finding import Finding, each_once, in_order
from rules.kinds import Case
from rules.loader import shipped_rule_set
from rules.regions import province as province_of
from rules.repeats import Answered
from rules.rule import Rule
from rules.rule_set import Frame, Plan, RuleSet
from rules.vocabulary import FACTS, NATURE, SERVICE_TYPE
from rules.who import ORDER_TYPES


class UnknownOrderType(ValueError):
    """An order type the vocabulary does not have."""


def evaluate(
    facts: Mapping[str, Any],
    *,
    province: str,
    order_type: str,
    today: date,
    materials: Collection[str] = (),
    rule_set: RuleSet | None = None,
    rules_on: date | None = None,
    days: Overrides = NO_OVERRIDES,
) -> list[Finding]:
    """Return everything the rules find in one flat mapping, blocks first.

    `province` is a two-digit code, `order_type` one of facts' order types, `materials` the keys
    already uploaded; keys no rule asks for are ignored. The shipped rules are asked unless there is
    a `rule_set`; of those the ones that hold on `rules_on`, which is `today` unless an earlier day
    decides which rules count. `days` are what operators entered into the calendar. Raises
    FactsError, UnknownRegion or UnknownOrderType. Every rule is asked; none stops the others.
    """
    return evaluate_services(
        facts,
        [{}],
        province=province,
        order_type=order_type,
        today=today,
        materials=materials,
        rule_set=rule_set,
        rules_on=rules_on,
        days=days,
    )


def evaluate_services(
    facts: Mapping[str, Any],
    services: Sequence[Mapping[str, Any]],
    *,
    province: str,
    order_type: str,
    today: date,
    materials: Collection[str] = (),
    rule_set: RuleSet | None = None,
    rules_on: date | None = None,
    days: Overrides = NO_OVERRIDES,
) -> list[Finding]:
    """The same for an order of several services: `facts` of the order as a whole, and one mapping
    of service facts each. Paths carry the service's index; rules about the order speak once."""
    province_of(province)
    if order_type not in ORDER_TYPES:
        raise UnknownOrderType(order_type)
    rules = rule_set or shipped_rule_set()
    shared = read_facts(facts)
    papers = frozenset(materials)
    findings: list[Finding] = []
    plans: dict[tuple[str | None, str | None], Plan] = {}
    asked_of_order: set[Rule] = set()
    answered: Answered | None = None
    with rules.lists_in_use():
        for index, service in enumerate(services or [{}]):
            own = read_facts(service)
            known = {**shared, **own}
            told = known.get(NATURE), known.get(SERVICE_TYPE)
            if told not in plans:
                frame = Frame(province, order_type, *told)
                plans[told] = rules.plan(frame, rules_on or today)
            plan = plans[told]
            case = Case(known, province, order_type, today, papers, days)
            of_order = [rule for rule in plan.order if rule not in asked_of_order]
            asked_of_order.update(of_order)
            of_service = answered.still_open(plan, own) if answered else plan.service
            found = _found([*of_order, *of_service], plan, case, index)
            answered = answered or Answered.by(plan, own, found)
            findings += chain.from_iterable(found.values())
            if plan.unknown:
                findings += in_doubt(plan, case, index)
    return in_order(each_once(findings))


def _found(
    rules: Iterable[Rule], plan: Plan, case: Case, index: int
) -> dict[Rule, Sequence[Finding]]:
    """What each rule found that found anything."""
    heard: dict[Rule, Sequence[Finding]] = {}
    for rule in rules:
        results = [*rule.check(case)]
        if not results:
            continue
        heard[rule] = found = rule.told(results, case, index)
        if rule in plan.replaced:
            national = plan.replaced[rule]
            heard[rule] = [
                as_sure_as(rule, national, each, case, index) if each.blocks else each
                for each in found
            ]
    return heard


def split_facts(facts: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part a flat mapping into facts of the order and facts of one service."""
    order = {name: value for name, value in facts.items() if FACTS[name].scope == "order"}
    return order, {name: value for name, value in facts.items() if name not in order}
