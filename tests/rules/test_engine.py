"""The engine: one shape, a fixed order, unknown never blocks, services by index."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.engine import UnknownOrderType, evaluate, evaluate_services, split_facts
from rules.finding import SEVERITY, Finding
from rules.loader import shipped_rule_set
from rules.regions import UnknownRegion, provinces
from rules.vocabulary import FACTS, MATERIALS
from rules.who import ORDER_TYPES
from tests.rules.cases import (
    CLEAN_ENTERPRISE,
    CLEAN_PERSON,
    NATIONAL,
    OTHER_SERVICE_PRINCIPAL,
    TODAY,
    ZHEJIANG,
    findings,
)

SAMPLES: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(max_size=12) | st.sampled_from(["中国新闻网", "www.example.com", "xn--a", "."]),
    "flag": st.booleans(),
    "count": st.integers(min_value=0, max_value=100),
    "date": st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)),
    "phone": st.sampled_from(["13800000001", "+86 13800000001", "0571-00000000", ""]),
    "province": st.sampled_from(["33", "44", "81", "110000"]),
    "city": st.sampled_from(["3301", "440100", "429004", "500231"]),
    "keys": st.lists(st.sampled_from(["blog", "other", "none", "culture", "x"]), max_size=3),
}


def value_of(name: str) -> st.SearchStrategy[Any]:
    fact = FACTS[name]
    values = st.sampled_from(fact.choices) if fact.choices else SAMPLES[fact.type]
    return st.none() | values


def test_clean_enterprise_order_is_not_blocked_anywhere() -> None:
    for province in provinces():
        facts = {
            name: province if name.endswith("province") else value
            for name, value in CLEAN_ENTERPRISE.items()
        }

        found = findings(facts, province=province, rule_set=None)

        assert [finding for finding in found if finding.blocks] == []


SOME_FACTS = st.fixed_dictionaries({}, optional={name: value_of(name) for name in FACTS})

# What these excuse is judged without them: one person for both roles, a holder whose proof is
# accepted, a domain filed long ago, name and suffix that explain each other, data of a legal
# representative of several units, or of a person who files as an individual too.
EXCUSES = {
    "principal.other_use_is_own_personal_filing",
    "service_principal.other_use_is_own_personal_filing",
    "principal.other_use_is_same_legal_rep",
    "service_principal.same_as_principal",
    "domain.registrant",
    "domain.filed_before",
    "domain.name",
    "domain.suffix",
}


# Drawing a hundred facts takes a busy machine longer than the check allows.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    facts=SOME_FACTS,
    province=st.sampled_from(sorted(provinces())),
    order_type=st.sampled_from(sorted(ORDER_TYPES)),
    materials=st.sets(st.sampled_from(sorted(MATERIALS)), max_size=4),
)
def test_any_part_of_the_facts_can_be_judged(
    facts: dict[str, Any], province: str, order_type: str, materials: set[str]
) -> None:
    found = evaluate(
        facts, province=province, order_type=order_type, today=TODAY, materials=materials
    )

    severities = [SEVERITY[finding.outcome] for finding in found]
    assert severities == sorted(severities)
    assert all("{" not in text for finding in found for text in finding.message.values())
    assert not any(finding.blocks for finding in found if finding.unknown)


@given(facts=SOME_FACTS, data=st.data())
def test_a_fact_that_becomes_unknown_adds_no_block(
    facts: dict[str, Any], data: st.DataObject
) -> None:
    forgotten = data.draw(st.sampled_from(sorted(set(FACTS) - EXCUSES)))
    fewer = {name: value for name, value in facts.items() if name != forgotten}

    before = {finding.rule for finding in findings(facts, rule_set=None) if finding.blocks}
    after = {finding.rule for finding in findings(fewer, rule_set=None) if finding.blocks}

    assert after <= before


def test_nothing_known_means_advice_to_the_reviewer_only() -> None:
    found = findings({}, rule_set=None)

    assert {finding.outcome for finding in found} == {"advice"}
    assert {finding.audience for finding in found} == {"reviewer"}


def test_unknown_fact_is_named_to_the_reviewer() -> None:
    facts = {**CLEAN_ENTERPRISE, "domain.expiry": "unknown"}

    (finding,) = findings(facts)

    assert (finding.rule, finding.outcome, finding.about) == ("N15", "advice", "unknown")
    assert finding.unknown == ("domain.expiry",)
    assert finding.message["zh"] == (
        "暂缺“域名到期日”，系统无法核对本项要求：域名应在有效期内，剩余有效期不宜少于 3 个月。"
    )


def test_findings_come_in_one_order_however_the_facts_are_written() -> None:
    facts = {
        **CLEAN_ENTERPRISE,
        "subject.doc_province": "44",
        "service.name": "示例科技新闻",
        "principal.emergency_phone": "13800000001",
        "domain.expiry": "2026-12-01",
    }

    forwards, backwards = findings(facts), findings(dict(reversed(facts.items())))

    assert forwards == backwards
    assert [finding.rule for finding in forwards] == ["N01", "N08", "N22", "N15"]


def test_finding_names_the_fields_it_belongs_to() -> None:
    (finding,) = findings({**CLEAN_ENTERPRISE, "principal.emergency_phone": "13800000001"})

    assert finding.paths == (
        "subject.principal.emergency_phone",
        "subject.principal.mobile",
    )
    assert finding.facts == ("principal.emergency_phone", "principal.mobile")


def test_services_are_judged_one_by_one_and_the_order_once() -> None:
    order, service = split_facts({**CLEAN_ENTERPRISE, "subject.doc_province": "44"})
    second = {**service, "domain.expiry": "2026-01-01"}

    found = evaluate_services(
        order,
        [service, second],
        province=ZHEJIANG,
        order_type="first",
        today=TODAY,
        rule_set=NATIONAL,
    )

    assert [(finding.rule, finding.paths) for finding in found] == [
        ("N01", ("subject.cert_address",)),
        ("N15", ("services[1].domains[0]",)),
    ]


TWICE = {
    **CLEAN_ENTERPRISE,
    **OTHER_SERVICE_PRINCIPAL,
    "principal.emergency_phone": CLEAN_ENTERPRISE["principal.mobile"],
    "principal.id_used_by_other_subject": True,
    "principal.birth_date": "2010-06-03",
    "service_principal.is_legal_rep": "unknown",
}


@pytest.mark.parametrize(("province", "clash"), [("12", "N08"), ("33", "N08"), ("34", "34-04")])
def test_what_a_rule_says_of_one_place_is_found_once_however_many_services_there_are(
    province: str, clash: str
) -> None:
    order, service = split_facts(TWICE)

    found = evaluate_services(
        order, [service] * 3, province=province, order_type="first", today=TODAY
    )

    places = [(f.rule, f.about, f.paths, f.material, f.message["zh"]) for f in found]
    assert len(places) == len(set(places))
    assert [f.paths for f in found if f.rule == clash] == [
        ("subject.principal.emergency_phone", "subject.principal.mobile")
    ]


def test_each_service_keeps_what_is_found_of_it() -> None:
    order, service = split_facts({**CLEAN_ENTERPRISE, "domain.expiry": "2026-01-01"})

    found = evaluate_services(
        order,
        [service] * 2,
        province=ZHEJIANG,
        order_type="first",
        today=TODAY,
        rule_set=NATIONAL,
    )

    assert [finding.paths for finding in found] == [
        ("services[0].domains[0]",),
        ("services[1].domains[0]",),
    ]


def test_rows_of_one_rule_that_lack_the_same_fact_ask_for_it_once() -> None:
    facts = {name: value for name, value in CLEAN_ENTERPRISE.items() if name != "service.name"}

    lacking = [finding.rule for finding in findings(facts) if finding.unknown == ("service.name",)]

    assert lacking == ["N19", "N22"]


def test_website_rules_leave_apps_alone() -> None:
    facts = {**CLEAN_ENTERPRISE, "service_type": "app", "service.name": "示例"}

    assert [finding.rule for finding in findings(facts)] == []


def test_sole_proprietor_meets_the_rules_of_units() -> None:
    facts = {
        **CLEAN_ENTERPRISE,
        "subject.nature": "sole_proprietor",
        "principal.is_legal_rep": False,
    }

    assert [finding.rule for finding in findings(facts)] == ["N04"]


def test_unknown_province_is_refused() -> None:
    with pytest.raises(UnknownRegion):
        findings({}, province="99")


def test_unknown_order_type_is_refused() -> None:
    with pytest.raises(UnknownOrderType):
        findings({}, order_type="second")


def test_what_was_chosen_is_called_as_each_language_calls_it() -> None:
    found = findings({**CLEAN_PERSON, "service.content_category": ["blog"]}, rule_set=None)

    (message,) = [each.message for each in found if each.kind == "content_category_rule"]
    assert "“博客/个人空间”" in message["zh"]
    assert "“Blog or personal space”" in message["en"]


def test_every_text_of_every_rule_can_be_shown() -> None:
    for rule in shipped_rule_set().rules:
        for text in rule.row.text.values():
            assert text.zh.endswith("。"), rule.row.key
            assert text.remedy_zh.endswith("。"), rule.row.key
            assert text.en.endswith("."), rule.row.key
            assert text.remedy_en.endswith("."), rule.row.key


def test_finding_survives_being_kept_as_json() -> None:
    (finding,) = findings({**CLEAN_ENTERPRISE, "domain.registrant": "legal_rep"})

    assert Finding.from_dict(finding.to_dict()) == finding
