"""Orders that change what is filed: combinations, subjects, sites on record, the footer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rules.engine import evaluate
from rules.loader import load_rule_set
from rules.number_display import number_shown
from tests.rules.cases import TODAY
from tests.rules.kind_cases import ask
from tests.rules.rule_files import rule, write_rules


@pytest.mark.parametrize(
    ("matter", "fact", "bad", "good"),
    [
        ("subject_data_change", "order.also_changes_subject_data", True, False),
        ("principal_replaced", "principal.replaced_in_this_order", True, False),
        ("differs_from_record", "order.differs_from_record", True, False),
        ("new_services", "order.new_services", 1, 0),
        ("empty_subject", "order.existing_services", 0, 1),
    ],
)
def test_what_an_order_cannot_carry(matter: str, fact: str, bad: Any, good: Any) -> None:
    params = {"forbids": [matter]}

    assert ask("order_combination", params, {fact: bad}) == [(matter, None)]
    assert ask("order_combination", params, {fact: good}) == []
    assert ask("order_combination", params, {}) == [(fact,)]


def test_order_type_that_is_not_taken() -> None:
    assert ask("order_combination", {"forbids": ["order_type"]}, {}) == [("order_type", None)]


def test_new_principal_is_permitted_by_a_fresh_letter() -> None:
    params = {"forbids": ["principal_replaced"], "unless": ["auth_letter_principal"]}
    facts = {"principal.replaced_in_this_order": True}

    assert ask("order_combination", params, facts) == [
        ("principal_replaced", "auth_letter_principal")
    ]
    assert ask("order_combination", params, facts, materials=("auth_letter_principal",)) == []


UNIT: dict[str, Any] = {
    "subject.nature": "enterprise",
    "subject.nature_before": "enterprise",
    "subject.replaced_by_other_subject": False,
    "subject.name_changed": False,
    "subject.credit_code_changed": False,
}
REPLACED = {"subject.replaced_by_other_subject": True, "subject.name_changed": True}
UNITS_RENAME: dict[str, Any] = {
    "before": ["U"],
    "becomes": ["U"],
    "refuse": ["replaced", "credit_code"],
    "papers": {"renamed": ["rename_letter"]},
}


@pytest.mark.parametrize(
    ("changes", "materials", "expected"),
    [
        ({}, (), []),
        ({"subject.name_changed": True}, (), [("renamed_paper", "rename_letter")]),
        ({"subject.name_changed": True}, ("rename_letter",), []),
        (REPLACED, ("rename_letter",), [("replaced", None)]),
        ({"subject.credit_code_changed": True}, (), [("credit_code", None)]),
        ({"subject.nature": "personal"}, (), [("nature", None)]),
        ({"subject.nature": "public_institution"}, (), []),
        ({"subject.nature_before": "personal"}, (), []),  # no unit on record
        (
            {"subject.nature_before": None, "subject.name_changed": None},
            (),
            [("subject.name_changed",)],
        ),
        ({"subject.nature": None, "subject.nature_before": None}, (), [("subject.nature_before",)]),
    ],
)
def test_unit_may_be_renamed_and_nothing_else(
    changes: dict[str, Any], materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {**UNIT, **changes}

    assert ask("subject_change_policy", UNITS_RENAME, facts, materials=materials) == expected


PERSON_BECOMES: dict[str, Any] = {
    "before": ["P"],
    "becomes": ["E"],
    "refuse": ["replaced"],
    "same_legal_rep": ["nature"],
    "papers": {"nature": ["domain_certificate"]},
}


@pytest.mark.parametrize(
    ("nature", "same", "materials", "expected"),
    [
        ("enterprise", True, ("domain_certificate",), []),
        ("enterprise", True, (), [("nature_paper", "domain_certificate")]),
        ("enterprise", False, ("domain_certificate",), [("nature", None)]),
        ("enterprise", None, ("domain_certificate",), [("subject.same_legal_rep_as_before",)]),
        ("public_institution", True, ("domain_certificate",), [("nature", None)]),
        ("personal", True, (), [("replaced", None)]),
    ],
)
def test_person_becomes_the_company_they_represent(
    nature: str, same: bool | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {
        **UNIT,
        **REPLACED,
        "subject.nature": nature,
        "subject.nature_before": "personal",
        "subject.same_legal_rep_as_before": same,
    }

    assert ask("subject_change_policy", PERSON_BECOMES, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("same", "materials", "expected"),
    [
        (True, ("domain_certificate",), []),
        (True, (), [("nature_paper", "domain_certificate")]),
        (False, ("domain_certificate",), [("replaced", None)]),
        (None, ("domain_certificate",), [("replaced", None)]),
    ],
)
def test_person_whose_new_nature_nobody_told_became_their_own_company(
    same: bool | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {
        **REPLACED,
        "subject.nature": "personal",
        "subject.same_legal_rep_as_before": same,
    }

    assert ask("subject_change_policy", PERSON_BECOMES, facts, materials=materials) == expected


@pytest.mark.parametrize(("same", "expected"), [(True, []), (False, [("replaced", None)])])
def test_company_gives_way_to_another_of_the_same_representative(
    same: bool, expected: list[Any]
) -> None:
    params = {"before": ["U"], "same_legal_rep": ["replaced"]}
    facts = {**UNIT, **REPLACED, "subject.same_legal_rep_as_before": same}

    assert ask("subject_change_policy", params, facts) == expected


def test_lacking_letter_is_a_paper_even_where_other_changes_block(tmp_path: Path) -> None:
    row = rule(
        "N31",
        kind="subject_change_policy",
        orders='["change"]',
        params='{ refuse = ["replaced"], papers = { renamed = ["rename_letter"] } }',
    )
    rules = load_rule_set(write_rules(tmp_path, row, {}))

    outcomes = [
        finding.outcome
        for changed in ("subject.name_changed", "subject.replaced_by_other_subject")
        for finding in evaluate(
            {**UNIT, changed: True},
            province="33",
            order_type="change_subject",
            today=TODAY,
            rule_set=rules,
        )
    ]

    assert outcomes == ["material", "block"]


@pytest.mark.parametrize(
    ("check", "fact"),
    [
        ("reachable", "existing_sites.reachable"),
        ("show_number", "existing_sites.show_number"),
        ("number_linked", "existing_sites.number_links_to_ministry"),
        ("name_matches", "existing_sites.show_filed_name"),
    ],
)
def test_state_of_sites_on_record(check: str, fact: str) -> None:
    params = {"checks": [check]}

    assert ask("existing_services_state", params, {fact: False}) == [(check, None)]
    assert ask("existing_services_state", params, {fact: True}) == []
    assert ask("existing_services_state", params, {}) == [(fact,)]
    assert ask("existing_services_state", params, {"order.existing_services": 0}) == []


NATIONAL = rule("N34", kind="number_display", orders='["post"]', params='{ number = "service" }')


def shown(folder: Path, province: str, today: date = TODAY, *, local: str = "") -> str:
    rules = load_rule_set(write_rules(folder, NATIONAL, {"33-zhejiang": [local]}))
    return number_shown(province, today, rule_set=rules)


def test_number_at_the_foot_is_the_provinces_own(tmp_path: Path) -> None:
    local = rule("33-14", kind="number_display", orders='["post"]', params='{ number = "subject" }')

    assert shown(tmp_path, "33", local=local) == "subject"
    assert shown(tmp_path, "44", local=local) == "service"


def test_what_an_app_shows_says_nothing_about_the_foot_of_a_website(tmp_path: Path) -> None:
    local = rule(
        "33-14",
        kind="number_display",
        orders='["post"]',
        params='{ number = "subject" }',
        more='services = ["app"]',
    )

    assert shown(tmp_path, "33", local=local) == "service"


def test_number_at_the_foot_changes_on_a_day(tmp_path: Path) -> None:
    local = rule(
        "33-14",
        kind="number_display",
        orders='["post"]',
        params='{ number = "subject" }',
        valid_from="2026-12-01",
    )

    assert shown(tmp_path, "33", date(2026, 11, 30), local=local) == "service"
    assert shown(tmp_path, "33", date(2026, 12, 1), local=local) == "subject"


def test_number_at_the_foot_in_the_shipped_rules() -> None:
    assert (number_shown("33", TODAY), number_shown("44", TODAY)) == ("service", "subject")
