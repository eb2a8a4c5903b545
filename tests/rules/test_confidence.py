"""How sure a finding is where a province repeats a national demand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rules.engine import evaluate
from rules.finding import Finding
from rules.loader import load_rule_set
from tests.rules.cases import (
    CLEAN_ENTERPRISE,
    CLEAN_PERSON,
    OTHER_SERVICE_PRINCIPAL,
    TODAY,
    findings,
)
from tests.rules.rule_files import rule, write_rules

DELEGATE = {**CLEAN_ENTERPRISE, "principal.is_legal_rep": False}
ADULT = rule("N35", kind="min_age", params="{ years = 18 }")


def judged(folder: Path, local: str, **facts: Any) -> list[Finding]:
    rules = load_rule_set(write_rules(folder, ADULT, {"33-zhejiang": [local]}))
    order = {**CLEAN_ENTERPRISE, **facts}
    return evaluate(order, province="33", order_type="first", today=TODAY, rule_set=rules)


def stricter(confidence: str = "medium", more: str = "", outcome: str = "block") -> str:
    return rule(
        "33-08",
        kind="min_age",
        params="{ years = 20 }",
        confidence=confidence,
        outcome=outcome,
        more=more,
    )


@pytest.mark.parametrize("province", ["11", "53"])
def test_national_demand_that_a_province_repeats_stays_sure(province: str) -> None:
    found = findings(DELEGATE, province=province, rule_set=None)

    repeated = [f for f in found if f.kind == "principal_is_legal_rep" and f.blocks]
    assert [(f.rule, f.confidence) for f in repeated] == [(f"{province}-01", "high")]


def test_row_whose_source_contradicts_the_nation_takes_an_objection() -> None:
    found = findings(DELEGATE, province="23", rule_set=None)

    assert [(f.rule, f.confidence) for f in found if f.rule == "23-01"] == [("23-01", "medium")]


def test_what_only_the_province_demands_is_as_sure_as_its_source(tmp_path: Path) -> None:
    (nineteen,) = judged(tmp_path, stricter(), **{"principal.birth_date": "2007-01-01"})
    (seventeen,) = judged(tmp_path, stricter(), **{"principal.birth_date": "2009-01-01"})

    assert (nineteen.rule, nineteen.confidence) == ("33-08", "medium")
    assert (seventeen.rule, seventeen.confidence) == ("33-08", "high")


def test_somebody_elses_defect_does_not_make_a_finding_sure(tmp_path: Path) -> None:
    people = {
        "service_principal.same_as_principal": False,
        "principal.birth_date": "2009-01-01",
        "service_principal.birth_date": "2007-01-01",
    }

    found = judged(tmp_path, stricter(), **people)

    assert {f.about: f.confidence for f in found} == {
        "principal": "high",
        "service_principal": "medium",
    }


def test_softer_rule_of_a_province_does_not_become_a_sure_block(tmp_path: Path) -> None:
    young = {"principal.birth_date": "2009-01-01"}

    (found,) = judged(tmp_path, stricter(outcome="advice"), **young)

    assert (found.outcome, found.confidence) == ("advice", "medium")


def test_row_may_say_that_it_takes_objections_all_the_same(tmp_path: Path) -> None:
    young = {"principal.birth_date": "2009-01-01"}

    (found,) = judged(tmp_path, stricter(more="takes_objection = true"), **young)

    assert found.confidence == "medium"


def test_another_kind_of_demand_is_sure_only_for_the_same_facts(tmp_path: Path) -> None:
    national = rule("N04", kind="principal_is_legal_rep")
    local = rule(
        "33-01",
        kind="min_age",
        params="{ years = 18 }",
        slot="principal_is_legal_rep",
        confidence="medium",
    )
    rules = load_rule_set(write_rules(tmp_path, national, {"33-zhejiang": [local]}))
    facts = {**DELEGATE, "principal.birth_date": "2009-01-01"}

    (found,) = evaluate(facts, province="33", order_type="first", today=TODAY, rule_set=rules)

    assert (found.rule, found.confidence) == ("33-01", "medium")


def test_name_of_the_person_is_refused_for_sure_also_where_the_province_says_so() -> None:
    facts = {**CLEAN_PERSON, "service.name": "张示例的笔记"}

    said = {
        province: [
            (f.rule, f.confidence)
            for f in findings(facts, province=province, rule_set=None)
            if f.about == "person_name"
        ]
        for province in ("12", "31", "37", "41", "44", "51")
    }

    national = {province: [("N20", "high")] for province in ("12", "31", "44")}
    assert said == national | {
        "37": [("37-11", "high")],
        "41": [("41-13", "high")],
        "51": [("51-11", "high")],
    }


@pytest.mark.parametrize(
    ("province", "name", "about"),
    [
        ("12", "Example", "too_few_chinese"),
        ("12", "12345", "too_few_chinese"),
        ("37", "Example", "latin"),
    ],
)
@pytest.mark.parametrize("base", [CLEAN_ENTERPRISE, CLEAN_PERSON], ids=["unit", "person"])
def test_stricter_demand_is_sure_where_the_nation_refuses_the_name_in_other_words(
    base: dict[str, Any], province: str, name: str, about: str
) -> None:
    found = findings({**base, "service.name": name}, province=province, rule_set=None)

    refused = [(f.rule, f.about, f.confidence) for f in found if f.kind == "name_shape"]
    assert (f"{province}-11", about, "high") in refused


def test_stricter_demand_is_not_sure_where_the_province_also_says_what_the_nation_does() -> None:
    facts = {**CLEAN_PERSON, "service.name": "山间ReadingNotes"}

    found = findings(facts, province="12", rule_set=None)

    assert {f.about: f.confidence for f in found if f.kind == "name_shape" and f.blocks} == {
        "too_long": "high",
        "too_few_chinese": "medium",
    }


def test_another_kind_of_demand_is_sure_only_about_the_same_person() -> None:
    shared = "13800000003"
    facts = {
        **CLEAN_ENTERPRISE,
        **OTHER_SERVICE_PRINCIPAL,
        "principal.emergency_phone": shared,
        "service_principal.mobile": shared,
        "service_principal.emergency_phone": shared,
    }

    found = findings(facts, province="62", rule_set=None)

    assert {f.about: f.confidence for f in found if f.rule == "62-05" and f.blocks} == {
        "principal": "medium",
        "service_principal": "high",
    }
