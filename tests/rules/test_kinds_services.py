"""Counts, domains, papers, names and contents of services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.kind_cases import ask


@pytest.mark.parametrize(
    ("params", "new", "existing", "expected"),
    [
        ({"unit": "domains", "max": 3}, 3, 0, []),
        ({"unit": "domains", "max": 3}, 4, 0, [("too_many", None)]),
        ({"unit": "domains", "max": 1, "when_existing_over": 7}, 2, 7, []),
        ({"unit": "domains", "max": 1, "when_existing_over": 7}, 2, 8, [("too_many", None)]),
        (
            {"unit": "domains", "max": 1, "when_existing_over": 7},
            2,
            None,
            [("order.existing_services",)],
        ),
    ],
)
def test_cap_per_order(
    params: dict[str, Any], new: int, existing: int | None, expected: list[Any]
) -> None:
    facts = {"order.new_domains": new, "order.existing_services": existing}

    assert ask("per_order_cap", params, facts) == expected


@pytest.mark.parametrize(
    ("inclusive", "existing", "materials", "expected"),
    [
        (True, 28, (), []),
        (True, 29, (), [("site_plan", "site_plan")]),
        (True, 29, ("site_plan",), []),
        (False, 29, (), []),
        (False, 30, (), [("site_plan", "site_plan")]),
    ],
)
def test_papers_from_a_number_of_services_on(
    inclusive: bool, existing: int, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"threshold": 30, "inclusive": inclusive, "materials": ["site_plan"]}
    facts = {"order.new_services": 1, "order.existing_services": existing}

    assert ask("total_needs_material", params, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"domain.suffix": "org"}, [("not_allowed", None)]),
        ({"domain.suffix": "org", "domain.filed_before": "2017-12-31"}, []),
        ({"domain.suffix": "org", "domain.filed_before": "2018-01-01"}, [("not_allowed", None)]),
        ({"domain.suffix": "org.cn"}, []),
        ({"domain.name": "example.org"}, [("not_allowed", None)]),
        ({}, [("domain.suffix",)]),
    ],
)
def test_refused_suffix_with_an_exception_for_old_domains(
    facts: dict[str, Any], expected: list[Any]
) -> None:
    params = {"deny": ["org"], "unless_filed_before": date(2018, 1, 1)}

    assert ask("suffix_rule", params, facts) == expected


@pytest.mark.parametrize(
    ("registrant", "matches", "expected"),
    [
        ("subject", True, []),
        (None, True, []),
        ("subject", False, [("differs", None)]),
        (None, False, [("domain.registrant",)]),
        ("subject", None, [("domain.realname_matches_subject",)]),
        (None, None, [("domain.registrant", "domain.realname_matches_subject")]),
        ("legal_rep", False, [("needs_proof", "relation_proof")]),
        ("shareholder", False, [("registrant_refused", None)]),
    ],
)
def test_registrant_other_than_the_subject(
    registrant: str | None, matches: bool | None, expected: list[Any]
) -> None:
    params = {"allowed": ["legal_rep"], "material": "relation_proof"}
    facts = {"domain.registrant": registrant, "domain.realname_matches_subject": matches}

    assert ask("registrant_rule", params, facts) == expected


@pytest.mark.parametrize(
    ("expiry", "expected"),
    [("2027-11-16", [("expires_soon", None)]), ("2027-11-17", [])],
)
def test_document_that_has_to_run_for_more_than_a_year(expiry: str, expected: list[Any]) -> None:
    params = {"expiry_fact": "subject.doc_expiry", "months": 12, "inclusive": False}

    assert ask("document_min_validity", params, {"subject.doc_expiry": expiry}) == expected


@pytest.mark.parametrize(
    ("expiry", "materials", "expected"),
    [
        ("2027-02-16", (), []),
        ("2027-02-15", (), [("expires_soon", "police_id_renewal_receipt")]),
        ("2027-02-15", ("police_id_renewal_receipt",), []),
        ("2026-11-15", ("police_id_renewal_receipt",), [("expired", None)]),
        (None, (), []),
    ],
)
def test_short_validity_is_cured_by_a_receipt_and_expiry_is_not(
    expiry: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "expiry_fact": "principal.id_expiry",
        "months": 3,
        "shortfall": "material",
        "material": "police_id_renewal_receipt",
    }

    found = ask(
        "document_min_validity", params, {"principal.id_expiry": expiry}, materials=materials
    )

    assert found == expected


def test_verification_on_the_eve_of_a_long_holiday_is_still_recent() -> None:
    # 2026-09-30 is followed by 1–7 October; the 8th and 9th are the first working days.
    facts = {"domain.realname_passed_on": "2026-09-30"}
    params = {"working_days": 3}

    assert ask("domain_realname_age", params, facts, today=date(2026, 10, 9)) == [
        ("too_recent", None)
    ]
    assert ask("domain_realname_age", params, facts, today=date(2026, 10, 10)) == []


def test_age_of_real_name_data_counts_the_days_that_operators_entered() -> None:
    facts = {"domain.realname_passed_on": "2049-06-01"}
    asked = {"kind": "domain_realname_age", "params": {"working_days": 3}, "facts": facts}

    assert ask(**asked, today=date(2049, 6, 4)) == []
    assert ask(**asked, today=date(2049, 6, 4), days={date(2049, 6, 3): False}) == [
        ("too_recent", None)
    ]


def test_sole_proprietor_without_seal_can_bring_a_fingerprint() -> None:
    params = {"checks": ["seal", "trade_name"], "material": "legal_rep_fingerprint"}
    facts = {"subject.has_seal": False, "subject.has_trade_name": True}

    assert ask("subject_document_quality", params, facts) == [("seal", "legal_rep_fingerprint")]
    assert (
        ask("subject_document_quality", params, facts, materials=("legal_rep_fingerprint",)) == []
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("normal", []),
        ("abnormal", [("abnormal", None)]),
        ("cancelled", []),
        (None, [("subject.registry_status",)]),
    ],
)
def test_bad_status_in_the_company_register(status: str | None, expected: list[Any]) -> None:
    params = {"bad": ["abnormal", "revoked"]}

    assert ask("registry_status", params, {"subject.registry_status": status}) == expected


def test_filed_sites_must_be_reachable_and_numbered() -> None:
    params = {"checks": ["reachable", "show_number"]}

    assert ask("existing_services_state", params, {"existing_sites.reachable": False}) == [
        ("reachable", None),
        ("existing_sites.show_number",),
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("blog", [("not_allowed", None)]),
        (["other", "blog"], [("not_allowed", None)]),
        ("other", []),
    ],
)
def test_struck_content_category(chosen: str | list[str], expected: list[Any]) -> None:
    facts = {"service.content_category": chosen}

    assert ask("content_category_rule", {"deny": ["blog"]}, facts) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("示例新闻网", [("service.name", "pre_approval")]),
        ("示例新闻发布会", []),  # the longer phrase hides the word
        ("示例新闻发布会新闻", [("service.name", "pre_approval")]),
        ("示例P2P服务", [("service.name", "pre_approval")]),
    ],
)
def test_words_are_matched_longest_first_without_regard_to_case(
    name: str, expected: list[Any]
) -> None:
    params = {
        "fields": ["service.name"],
        "words": "pre_approval_names",
        "any_of": ["pre_approval"],
    }

    assert ask("keyword_trigger", params, {"service.name": name}) == expected
