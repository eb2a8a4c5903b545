"""Which rule speaks: provinces replace, add to or silence the national rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rules.engine import evaluate
from rules.loader import load_rule_set
from rules.rule_set import RuleSet
from tests.rules.cases import CLEAN_ENTERPRISE, TODAY
from tests.rules.rule_files import rule, write_rules

YOUNG = {**CLEAN_ENTERPRISE, "principal.birth_date": "2009-11-16"}  # 17 years old
ADULT = rule("N35", kind="min_age", params="{ years = 18 }")


def blocks(
    rules: RuleSet, facts: dict[str, object], province: str = "33", today: date = TODAY
) -> list[str]:
    found = evaluate(facts, province=province, order_type="first", today=today, rule_set=rules)
    return [finding.rule for finding in found if finding.blocks]


def test_province_rule_replaces_the_national_rule_of_its_slot(tmp_path: Path) -> None:
    local = rule("33-08", kind="min_age", params="{ years = 16 }")
    rules = load_rule_set(write_rules(tmp_path, ADULT, {"33-zhejiang": [local]}))

    assert blocks(rules, YOUNG, "33") == []
    assert blocks(rules, YOUNG, "44") == ["N35"]


def test_province_rule_of_another_kind_replaces_through_a_named_slot(tmp_path: Path) -> None:
    national = rule("N04", kind="principal_is_legal_rep")
    letter = rule(
        "33-01",
        kind="letter_required",
        outcome="material",
        slot="principal_is_legal_rep",
        params='{ role = "principal", material = "auth_letter_principal" }',
    )
    rules = load_rule_set(write_rules(tmp_path, national, {"33-zhejiang": [letter]}))
    facts = {**CLEAN_ENTERPRISE, "principal.is_legal_rep": False}

    found = evaluate(facts, province="33", order_type="first", today=TODAY, rule_set=rules)

    assert [(finding.rule, finding.outcome, finding.material) for finding in found] == [
        ("33-01", "material", "auth_letter_principal")
    ]


def test_rule_of_an_additive_kind_is_added(tmp_path: Path) -> None:
    national = rule("N09", kind="no_reuse", params='{ keys = ["mobile"] }')
    local = rule("33-07", kind="no_reuse", params='{ keys = ["id"] }')
    rules = load_rule_set(write_rules(tmp_path, national, {"33-zhejiang": [local]}))
    facts = {
        **CLEAN_ENTERPRISE,
        "principal.mobile_used_by_other_subject": True,
        "principal.id_used_by_other_subject": True,
    }

    assert blocks(rules, facts, "33") == ["33-07", "N09"]


def test_province_that_states_no_rule_silences_the_slot(tmp_path: Path) -> None:
    silence = rule("33-08", kind="min_age", outcome="ok", params="{ years = 18 }")
    rules = load_rule_set(write_rules(tmp_path, ADULT, {"33-zhejiang": [silence]}))

    assert blocks(rules, YOUNG, "33") == []
    assert blocks(rules, YOUNG, "44") == ["N35"]


@pytest.mark.parametrize("who", ['["*"]', '["U"]'])
def test_province_that_states_no_rule_silences_a_national_rule_of_an_additive_kind(
    tmp_path: Path, who: str
) -> None:
    national = rule("N37", kind="phone_area", who=who)
    silence = rule("33-08", kind="phone_area", outcome="ok", slot="phone_area")
    persons = rule("44-08", kind="phone_area", outcome="ok", slot="phone_area", who='["P"]')
    files = {"33-zhejiang": [silence], "44-guangdong": [persons]}
    rules = load_rule_set(write_rules(tmp_path, national, files))
    facts = {**CLEAN_ENTERPRISE, "principal.mobile_province": "35"}

    assert blocks(rules, facts, "33") == []
    assert blocks(rules, facts, "44") == ["N37"]
    assert blocks(rules, facts, "11") == ["N37"]


def test_narrower_who_wins_within_a_province(tmp_path: Path) -> None:
    everybody = rule("33-01", kind="min_age", params="{ years = 18 }")
    units = rule("33-02", kind="min_age", who='["U"]', params="{ years = 16 }")
    rules = load_rule_set(write_rules(tmp_path, ADULT, {"33-zhejiang": [everybody, units]}))

    assert blocks(rules, YOUNG) == []
    assert blocks(rules, {**YOUNG, "subject.nature": "personal"}) == ["33-01"]


def test_later_rule_wins_among_equals(tmp_path: Path) -> None:
    old = rule("33-01", kind="min_age", params="{ years = 16 }", valid_from="2020-01-01")
    new = rule("33-02", kind="min_age", params="{ years = 18 }", valid_from="2026-01-01")
    rules = load_rule_set(write_rules(tmp_path, ADULT, {"33-zhejiang": [old, new]}))

    assert blocks(rules, YOUNG, today=date(2025, 12, 31)) == []  # 16 by then
    assert blocks(rules, YOUNG, today=date(2026, 1, 1)) == ["33-02"]


def test_rule_speaks_only_while_it_is_valid(tmp_path: Path) -> None:
    timed = rule(
        "N35",
        kind="min_age",
        params="{ years = 18 }",
        valid_from="2026-03-01",
        valid_to="2026-03-31",
    )
    rules = load_rule_set(write_rules(tmp_path, timed, {}))

    days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"]
    heard = [blocks(rules, YOUNG, today=date.fromisoformat(day)) for day in days]

    assert heard == [[], ["N35"], ["N35"], []]


def test_rule_may_be_valid_to_the_last_day_there_is(tmp_path: Path) -> None:
    timed = rule("N35", kind="min_age", params="{ years = 18 }", valid_to="9999-12-31")

    assert blocks(load_rule_set(write_rules(tmp_path, timed, {})), YOUNG) == ["N35"]


def test_disabled_rule_is_silent_and_replaces_nothing(tmp_path: Path) -> None:
    local = rule("33-08", kind="min_age", params="{ years = 16 }", enabled="false")
    rules = load_rule_set(write_rules(tmp_path, ADULT, {"33-zhejiang": [local]}))

    assert blocks(rules, YOUNG) == ["N35"]


def test_rule_of_advice_never_becomes_harder(tmp_path: Path) -> None:
    soft = rule("N11", kind="domain_min_validity", outcome="advice", params="{ months = 3 }")
    rules = load_rule_set(write_rules(tmp_path, soft, {}))
    facts = {**CLEAN_ENTERPRISE, "domain.expiry": "2026-12-01"}

    found = evaluate(facts, province="33", order_type="first", today=TODAY, rule_set=rules)

    assert [finding.outcome for finding in found] == ["advice"]


@pytest.mark.parametrize("order_type", ["access", "change_subject"])
def test_rule_for_new_services_leaves_other_orders_alone(tmp_path: Path, order_type: str) -> None:
    only_new = rule("N35", kind="min_age", orders='["new"]', params="{ years = 18 }")
    rules = load_rule_set(write_rules(tmp_path, only_new, {}))

    found = evaluate(YOUNG, province="33", order_type=order_type, today=TODAY, rule_set=rules)

    assert found == []
