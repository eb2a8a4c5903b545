"""Suffixes of domains and the people and companies who hold them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask


@pytest.mark.parametrize(
    ("suffix", "expected"),
    [
        ("cn", []),
        ("com.cn", []),
        ("cc", []),
        ("com", []),
        ("中国", []),
        ("tv", [("not_allowed", None)]),
        ("co.jp", [("not_allowed", None)]),
        (None, [("domain.suffix",)]),
    ],
)
def test_only_some_country_codes_pass(suffix: str | None, expected: list[Any]) -> None:
    params = {"country_codes": ["cn", "cc"]}

    assert ask("suffix_rule", params, {"domain.suffix": suffix}) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("shili.gov.cn", []),
        ("lib.shili.gov.cn", [("too_deep", None)]),
        ("a.shili.cn", []),
        (None, []),
    ],
)
def test_names_below_a_registered_one(name: str | None, expected: list[Any]) -> None:
    facts = {"domain.suffix": "gov.cn" if name is None or "gov" in name else "cn"}

    found = ask("suffix_rule", {"registered_under": ["gov.cn"]}, {**facts, "domain.name": name})

    assert found == expected


PARENT = {
    "allowed": ["parent_company"],
    "proofs": {"parent_company": ["pre_approval", "site_plan"]},
}
UNTOLD = ("domain.registrant", "domain.realname_matches_subject")
REFUSED = [("registrant_refused", None)]


@pytest.mark.parametrize(
    ("registrant", "materials", "expected"),
    [
        ("parent_company", (), [("needs_proof", "pre_approval"), ("needs_proof", "site_plan")]),
        ("parent_company", ("site_plan",), [("needs_proof", "pre_approval")]),
        ("parent_company", ("pre_approval", "site_plan"), []),
        ("legal_rep", ("pre_approval", "site_plan"), REFUSED),
    ],
)
def test_each_holder_brings_its_own_proofs(
    registrant: str, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {"domain.registrant": registrant}

    assert ask("registrant_rule", PARENT, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("registrant", "is_legal_rep", "expected"),
    [
        ("legal_rep", False, [("needs_proof", "relation_proof")]),
        ("legal_rep", True, []),
        ("legal_rep", None, [("principal.is_legal_rep",)]),
        ("shareholder", False, []),
        (None, False, [("domain.registrant",)]),
    ],
)
def test_proof_of_a_holder_only_where_someone_else_is_the_principal(
    registrant: str | None, is_legal_rep: bool | None, expected: list[Any]
) -> None:
    params = {
        "only": ["legal_rep"],
        "allowed": ["legal_rep"],
        "material": "relation_proof",
        "proof_when_delegated": True,
    }
    facts = {"domain.registrant": registrant, "principal.is_legal_rep": is_legal_rep}

    assert ask("registrant_rule", params, facts) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("chinese", []),
        ("pinyin", []),
        ("english", [("script_refused", None)]),
        (None, [("domain.registrant_script",)]),
    ],
)
def test_name_of_the_holder_in_another_script(script: str | None, expected: list[Any]) -> None:
    facts = {
        "domain.registrant": "subject",
        "domain.realname_matches_subject": True,
        "domain.registrant_script": script,
    }

    assert ask("registrant_rule", {"scripts": ["chinese", "pinyin"]}, facts) == expected


@pytest.mark.parametrize(
    ("registrant", "expected"),
    [("subject", [("script_refused", None)]), ("parent_company", []), (None, [UNTOLD])],
)
def test_script_is_asked_of_some_holders_only(registrant: str | None, expected: list[Any]) -> None:
    params = {"allowed": ["parent_company"], "scripts": ["chinese"], "scripts_for": ["subject"]}
    facts = {
        "domain.registrant": registrant,
        "domain.realname_matches_subject": True if registrant else None,
        "domain.registrant_script": "english",
    }

    assert ask("registrant_rule", params, facts) == expected


def test_script_of_a_refused_holder_does_not_matter() -> None:
    facts = {"domain.registrant": "unrelated_person", "domain.registrant_script": "english"}

    assert ask("registrant_rule", {"scripts": ["chinese"]}, facts) == REFUSED
