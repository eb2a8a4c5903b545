"""What our rules are measured against says the same as they do."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from json_logic import jsonLogic

from rules.engine import split_facts
from rules.kinds import Case
from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.rule import Rule
from rules.rule_set import Frame
from rules.vocabulary import NATURES
from tests.bench.conditions import BY_PROVINCE, RULES
from tests.bench.findings import Run, engine, engine_with_chosen_rules, ours, plan_of, subset
from tests.bench.json_rules import as_json, translated, whole
from tests.bench.json_rules.expressions import FOUND, UNKNOWN
from tests.rules.cases import TODAY
from tests.rules.random_facts import cases

CASES_OF_RULE, CASES_OF_NATURE = 60, 150
SHIPPED = shipped_rule_set().rules
EXPRESSED = [
    pytest.param(rule, logic, id=rule.row.key)
    for rule in SHIPPED
    if (logic := translated(rule, TODAY)) is not None
]


def verdict(rule: Rule, case: Case) -> str | None:
    abouts = [finding.about for finding in rule.findings(case, 0)]
    if any(about != UNKNOWN for about in abouts):
        return FOUND
    return UNKNOWN if abouts else None


@pytest.mark.parametrize(("rule", "logic"), EXPRESSED)
def test_rule_in_json_logic_says_what_ours_says(rule: Rule, logic: object) -> None:
    for case in cases([rule], CASES_OF_RULE):
        theirs = jsonLogic(logic, as_json(case.facts, case.province, case.materials))
        assert theirs == verdict(rule, case), (case.facts, case.materials)


def test_most_rules_can_be_said_in_json_logic() -> None:
    assert len(EXPRESSED) > len(SHIPPED) / 2


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("province", BY_PROVINCE)
def test_condition_written_by_hand_says_what_our_rule_says(province: str, nature: str) -> None:
    plan = shipped_rule_set().plan(Frame(province, "first", nature, "website"), TODAY)
    held = [rule for rule in (*plan.order, *plan.service) if rule.row.key in RULES[province]]
    for case in cases(held, CASES_OF_NATURE, province=province, **{"subject.nature": nature}):
        order, service = split_facts(case.facts)
        theirs = BY_PROVINCE[province](order, [service], TODAY, case.materials)
        mine = [(rule.row.key, 0, said) for rule in held if (said := verdict(rule, case))]
        assert sorted(theirs) == sorted(mine)


@pytest.mark.parametrize("province", BY_PROVINCE)
def test_conditions_written_by_hand_stand_for_most_rules_that_hold(province: str) -> None:
    held = [rule.row.key for rule in subset(province).rules]

    assert len(RULES[province].intersection(held)) > 0.8 * len(held)


@pytest.mark.parametrize("order_type", ["first", "add_with_subject", "access"])
@pytest.mark.parametrize("province", provinces())
def test_condition_in_json_logic_tells_whether_a_rule_holds(province: str, order_type: str) -> None:
    in_json = whole(SHIPPED, province, TODAY)
    for nature, service_type in product(NATURES, ("website", "app")):
        plan = shipped_rule_set().plan(Frame(province, order_type, nature, service_type), TODAY)
        facts = {"subject.nature": nature, "service_type": service_type}
        data = as_json(facts, province, frozenset(), order_type)

        held = {rule.row.key for rule, logic in in_json if jsonLogic(logic["if"][0], data)}

        assert held == {
            rule.row.key
            for rule in (*plan.order, *plan.service)
            if translated(rule, TODAY) is not None
        }


@pytest.mark.parametrize("run", [engine, engine_with_chosen_rules])
@pytest.mark.parametrize("province", provinces())
def test_all_speak_of_the_same_rules_in_the_measured_dossier(
    province: str, run: Callable[[str], Run]
) -> None:
    order, service = plan_of(province)
    ids = {rule.row.key: rule.row.id for rule in (*order, *service)}

    mine = {finding.rule for finding in ours(province, subset(province))()}

    assert mine == {ids[key] for key, _, _ in run(province)()}
    assert mine
