"""Nature or service type unknown: what holds in any case stands, the rest is advice."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.engine import evaluate
from rules.finding import Finding
from rules.loader import load_rule_set
from tests.rules.cases import CLEAN_ENTERPRISE, findings
from tests.rules.rule_files import rule, write_rules

MARCH = date(2026, 3, 2)
SEVENTEEN = "2008-06-03"


def judged(province: str, nature: str | None, **facts: Any) -> list[Finding]:
    local = {
        name: province if name.endswith("province") else value
        for name, value in CLEAN_ENTERPRISE.items()
    }
    order = {**local, "subject.nature": nature, **facts}
    return evaluate(order, province=province, order_type="first", today=MARCH)


def blocks(found: list[Finding]) -> list[str]:
    return [finding.rule for finding in found if finding.blocks]


def advice_without(fact: str, found: list[Finding]) -> list[str]:
    named = [finding for finding in found if fact in finding.unknown]
    assert all(f.outcome == "advice" and f.audience == "reviewer" for f in named)
    return [finding.rule for finding in named]


def test_softening_of_a_province_is_not_lost_with_the_nature() -> None:
    expiring = {"subject.doc_expiry": "2026-04-01"}

    found = judged("31", None, **expiring)

    assert blocks(judged("31", "enterprise", **expiring)) == ["N11"]
    assert blocks(found) == []
    assert {"31-04", "N11"} <= set(advice_without("subject.nature", found))


def test_age_that_only_some_subjects_need_blocks_nobody_of_unknown_nature() -> None:
    young = {"principal.birth_date": SEVENTEEN}

    found = judged("44", None, **young)

    assert blocks(judged("44", "personal", **young))[:1] == ["44-05"]
    assert blocks(judged("44", "enterprise", **young)) == []
    assert blocks(found) == []
    assert "44-05" in advice_without("subject.nature", found)


def test_demand_upon_everybody_stands_whatever_the_nature() -> None:
    assert "N03" in blocks(judged("33", None, **{"contact.province": "44"}))


def test_unknown_nature_is_named_once_by_itself() -> None:
    (said,) = [finding for finding in judged("33", None) if finding.rule == "portal"]

    assert said.unknown == ("subject.nature",)
    assert said.paths == ("subject.nature",)
    assert said.message["zh"] == "暂缺“主办单位性质”，系统只核对了不论其为何都适用的要求。"


def test_unknown_service_type_makes_advice_of_what_concerns_websites_alone() -> None:
    facts = {**CLEAN_ENTERPRISE, "service_type": "unknown", "service.name": "示例"}

    found = findings(facts)

    assert blocks(found) == []
    assert advice_without("service_type", found) == ["N19", "portal"]


@pytest.mark.parametrize("nature", ["unknown", None])
def test_nature_that_decides_nothing_is_not_asked_for(tmp_path: Path, nature: str | None) -> None:
    rules = load_rule_set(
        write_rules(tmp_path, rule("N35", kind="min_age", params="{ years = 18 }"), {})
    )
    facts = {**CLEAN_ENTERPRISE, "subject.nature": nature, "principal.birth_date": SEVENTEEN}

    found = evaluate(facts, province="33", order_type="first", today=MARCH, rule_set=rules)

    assert [(finding.rule, finding.outcome) for finding in found] == [("N35", "block")]
