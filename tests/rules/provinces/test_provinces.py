"""The provinces' rules, each broken and kept, as the files of this folder tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

from rules.engine import evaluate
from rules.finding import Finding
from rules.loader import shipped_rule_set
from rules.rule import Rule
from rules.rule_set import RuleSet
from tests.rules.cases import BASES, TODAY
from tests.rules.provinces.case_file import Case, all_cases, case_file, clean, provinces_told

CASES = list(all_cases())


def rules_of(province: str) -> list[Rule]:
    return [rule for rule in shipped_rule_set().rules if rule.province == province]


def label(case: Case) -> str:
    return f"{case.rule}-{case.base}-{'finds' if case.finds else 'passes'}"


def found_in(case: Case, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """What the rules say of a case; its own rule speaks though it may ship disabled."""
    return evaluate(
        case.all_facts(),
        province=case.province,
        order_type=case.order_type,
        today=case.today,
        materials=case.materials,
        rule_set=_speaking(case.rule) if rules is None else RuleSet(rules, version="test"),
    )


@cache
def _speaking(rule_id: str) -> RuleSet:
    shipped = shipped_rule_set()
    if all(rule.row.enabled for rule in shipped.rules if rule.row.id == rule_id):
        return shipped
    switched = [_enabled(rule) if rule.row.id == rule_id else rule for rule in shipped.rules]
    return RuleSet(switched, version="test")


def _enabled(rule: Rule) -> Rule:
    return replace(rule, row=rule.row.model_copy(update={"enabled": True}))


def named(found: Iterable[Finding], rule: str) -> list[str]:
    return [f"{one.outcome} {one.about}" for one in found if one.rule == rule and not one.unknown]


def replacing_ids(province: str) -> set[str]:
    """Rules of a province that stand in the slot of a national one."""
    national = {rule.slot for rule in shipped_rule_set().rules if rule.province is None}
    return {rule.row.id for rule in rules_of(province) if rule.slot in national}


@pytest.mark.parametrize("case", CASES, ids=label)
def test_rule_finds_what_breaks_it_and_nothing_else(case: Case) -> None:
    assert named(found_in(case), case.rule) == list(case.finds)


@pytest.mark.parametrize("case", [case for case in CASES if case.silences], ids=label)
def test_rule_stands_in_place_of_another(case: Case) -> None:
    others = [rule for rule in shipped_rule_set().rules if rule.row.id != case.rule]

    assert set(case.silences) <= {found.rule for found in found_in(case, others)}
    assert not set(case.silences) & {found.rule for found in found_in(case)}


@pytest.mark.parametrize("province", provinces_told())
def test_every_rule_has_a_case_that_breaks_it_and_one_that_keeps_it(province: str) -> None:
    cases = case_file(province).case
    broken = {case.rule for case in cases if case.finds}
    kept = {case.rule for case in cases if not case.finds}
    silencing = {case.rule for case in cases if case.silences}
    asked = [rule.row for rule in rules_of(province) if rule.kind is not None and rule.order_types]
    speaking = {row.id for row in asked if row.outcome != "ok"}

    assert speaking - broken == set()
    assert speaking - kept == set()
    silent = {rule.row.id for rule in rules_of(province) if rule.row.outcome == "ok"}
    assert silent & replacing_ids(province) - silencing == set()
    assert silent - silencing - kept == set()
    assert {case.rule for case in cases} <= {row.id for row in asked}


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("province", provinces_told())
def test_clean_order_is_blocked_nowhere(province: str, base: str) -> None:
    found = evaluate(
        clean(base, province),
        province=province,
        order_type="first",
        today=TODAY,
        materials=(*case_file(province).everybody.get(base, ()), "gov_site_domain_form"),
    )

    assert [one for one in found if one.rule.startswith(province) and one.outcome != "advice"] == []


@pytest.mark.parametrize("province", provinces_told())
def test_rules_are_numbered_without_a_gap(province: str) -> None:
    ids = sorted({rule.row.id for rule in rules_of(province)})

    assert ids == [f"{province}-{number:02}" for number in range(1, len(ids) + 1)]
