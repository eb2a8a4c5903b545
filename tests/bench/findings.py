"""All findings of a dossier with five services, in every province.

Against a budget of a millisecond; against a JSON rule engine of the package index and against
conditions written by hand, both on the rules that JSON Logic has words for. All begin with the
facts as they are built from a dossier and read them with the same reader. The engine is asked the
rules of the province and the nation, of which each says in a condition whom it concerns; a second
figure is of those alone that hold for the dossier. Engine and conditions only say which rule finds
something; ours chooses the rules and gives text, source and place of everything it finds.

It is the processor's time that counts: nobody waits for anything here, and what else the machine
does is left out of the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median

from json_logic import jsonLogic

from rules.engine import evaluate_services
from rules.facts import read_facts
from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.rule import Rule
from rules.rule_set import Frame, RuleSet
from tests.bench.conditions import BY_PROVINCE, RULES
from tests.bench.dossiers import five_services
from tests.bench.frame import (
    Measure,
    bench,
    best_of,
    count_of,
    times_as_long,
    times_faster,
    without_goal,
)
from tests.bench.json_rules import as_json, translated, whole
from tests.bench.json_rules.expressions import Logic
from tests.measuring import progress
from tests.rules.cases import TODAY

BUDGET_SECONDS = 0.001
ROUNDS, CALLS = 8, 25
ORDER_TYPE = "first"

Run = Callable[[], object]


@bench("findings-five-services")
def findings_of_five_services() -> Iterator[Measure]:
    seconds = {province: _best(ours(province)) for province in provinces()}
    _print_each(seconds)
    worst, middle = max(seconds.values()), median(seconds.values())
    yield times_as_long("findings-worst-province", worst, BUDGET_SECONDS, goal="<=1")
    yield without_goal("findings-median-province", middle * 1000, "ms")


@bench("findings-vs-json-engine")
def findings_against_json_engine() -> Iterator[Measure]:
    shipped = [rule for rule in shipped_rule_set().rules if rule.kind is not None]
    expressed = [rule for rule in shipped if translated(rule, TODAY) is not None]
    yield count_of("findings-rules-in-json", len(expressed), len(shipped), "rules", ">=150")
    name = "findings-vs-json-engine"
    yield from _least_and_middle(name, engine, goal=">=10")
    yield from _least_and_middle(f"{name}-chosen", engine_with_chosen_rules, goal=">=1")


def _least_and_middle(name: str, theirs: Callable[[str], Run], goal: str) -> Iterator[Measure]:
    """The province where ours gains least, and the one in the middle."""
    pairs = sorted(
        (_in_turn(ours(code, subset(code)), theirs(code)) for code in provinces()),
        key=lambda pair: pair[1] / pair[0],
    )
    yield times_faster(f"{name}-least", *pairs[0], goal=goal)
    yield times_faster(f"{name}-median", *pairs[len(pairs) // 2], goal=goal)


@bench("findings-vs-conditions")
def findings_against_conditions() -> Iterator[Measure]:
    for code in BY_PROVINCE:
        stands_for = [rule for rule in subset(code).rules if rule.row.key in RULES[code]]
        same_rules = RuleSet(stands_for, version="by hand")
        yield without_goal(f"findings-by-hand-{code}", len(stands_for), "rules")
        mine, theirs = _in_turn(ours(code, same_rules), by_hand(code), as_often=5)
        yield times_as_long(f"findings-vs-conditions-{code}", mine, theirs, goal="<=3")


def plan_of(province: str) -> tuple[list[Rule], list[Rule]]:
    """The rules that hold for the dossier and can be expressed: of the order and of a service."""
    frame = Frame(province, ORDER_TYPE, "enterprise", "website")
    plan = shipped_rule_set().plan(frame, TODAY)
    return _expressed(plan.order), _expressed(plan.service)


def _expressed(rules: tuple[Rule, ...]) -> list[Rule]:
    return [rule for rule in rules if translated(rule, TODAY) is not None]


def subset(province: str) -> RuleSet:
    order, service = plan_of(province)
    return RuleSet([*order, *service], version="in JSON Logic")


def ours(province: str, rule_set: RuleSet | None = None) -> Run:
    order, services = five_services(province)
    return lambda: evaluate_services(
        order,
        services,
        province=province,
        order_type=ORDER_TYPE,
        today=TODAY,
        rule_set=rule_set,
    )


def engine(province: str) -> Run:
    """All rules of the province and the nation, each with the condition that it holds."""
    return _asked(province, whole(shipped_rule_set().rules, province, TODAY))


def engine_with_chosen_rules(province: str) -> Run:
    """Only the rules that hold for this dossier, chosen for the engine beforehand."""
    order, service = plan_of(province)
    return _asked(province, [(rule, translated(rule, TODAY)) for rule in (*order, *service)])


def _asked(province: str, rules: list[tuple[Rule, Logic]]) -> Run:
    """Rules about the order are asked once, as ours are."""
    order, services = five_services(province)
    of_order, of_service = (
        [(rule.row.key, logic) for rule, logic in rules if rule.scope == scope]
        for scope in ("order", "service")
    )

    def verdicts() -> list[tuple[str, int, str]]:
        says = []
        shared = read_facts(order)
        for index, service in enumerate(services):
            facts = as_json({**shared, **read_facts(service)}, province, frozenset())
            for key, logic in of_service if index else of_order + of_service:
                verdict = jsonLogic(logic, facts)
                if verdict is not None:
                    says.append((key, index, verdict))
        return says

    return verdicts


def by_hand(province: str) -> Run:
    order, services = five_services(province)
    conditions = BY_PROVINCE[province]
    return lambda: conditions(
        read_facts(order), [read_facts(service) for service in services], TODAY, frozenset()
    )


def _best(run: Run) -> float:
    return best_of(run, ROUNDS, CALLS, time.process_time)


def _in_turn(*runs: Run, as_often: int = 1) -> tuple[float, float]:
    """In turn, so that a processor that others slow down is slow for both."""
    rounds = [
        [best_of(run, 1, CALLS, time.process_time) for run in runs]
        for _ in range(as_often * ROUNDS)
    ]
    mine, theirs = map(min, zip(*rounds, strict=True))
    return mine, theirs


def _print_each(seconds: dict[str, float]) -> None:
    for code, taken in sorted(seconds.items(), key=lambda item: -item[1]):
        progress(f"{code} {provinces()[code].zh} {taken * 1000:.3f} ms")
