"""ID documents: types by residency, place of issue, and proofs of residence."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask, refusal

PERMIT, STATUS, DEED = "residence_permit", "residence_permit_status_page", "property_deed"
TYPE, RESIDENCY = "principal.id_type", "principal.residency"
EXPIRY, MATCHES = "residence_permit.expiry", "residence_permit.address_matches_contact"


@pytest.mark.parametrize(
    ("id_type", "expected"),
    [
        ("temporary_id_card", [("denied", None)]),
        ("id_card", []),
        (None, [(TYPE,)]),
    ],
)
def test_type_is_denied_whatever_the_residency(id_type: str | None, expected: list[Any]) -> None:
    params = {"type_fact": TYPE, "denied": ["temporary_id_card"]}

    assert ask("id_types_by_residency", params, {TYPE: id_type}) == expected


@pytest.mark.parametrize(
    ("residency", "expected"),
    [("foreign", [("foreign", None)]), ("hk", []), (None, [(RESIDENCY,)])],
)
def test_residency_with_no_type_is_refused(residency: str | None, expected: list[Any]) -> None:
    params = {"allowed": {"foreign": []}}

    assert ask("id_types_by_residency", params, {RESIDENCY: residency}) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({TYPE: "passport", RESIDENCY: "hk"}, [("hk", None)]),
        ({TYPE: "hk_travel_permit", RESIDENCY: "hk"}, []),
        ({TYPE: "passport", RESIDENCY: "tw"}, []),  # not mentioned
        ({RESIDENCY: "tw"}, []),
        ({RESIDENCY: "hk"}, [(TYPE,)]),
        ({TYPE: "passport"}, [(RESIDENCY,)]),
        ({}, [(TYPE, RESIDENCY)]),
    ],
)
def test_type_fits_the_residency(facts: dict[str, Any], expected: list[Any]) -> None:
    params = {
        "type_fact": TYPE,
        "residency_fact": RESIDENCY,
        "allowed": {"hk": ["hk_travel_permit"]},
    }

    assert ask("id_types_by_residency", params, facts) == expected


@pytest.mark.parametrize(
    ("facts", "materials", "expected"),
    [
        ({"legal_rep.residency": "foreign"}, (), [("foreign_paper", "passport")]),
        ({"legal_rep.residency": "foreign"}, ("passport",), []),
        ({"legal_rep.residency": "hk"}, (), [("hk_paper", "hk_macau_residence_permit")]),
        ({"legal_rep.residency": "hk"}, ("hk_travel_permit",), []),
        ({"legal_rep.residency": "mainland"}, (), []),
        ({"principal.is_legal_rep": True, RESIDENCY: "foreign"}, ("passport",), []),
        (
            {"principal.is_legal_rep": True, RESIDENCY: "foreign"},
            (),
            [("foreign_paper", "passport")],
        ),
        ({"principal.is_legal_rep": False, RESIDENCY: "foreign"}, (), [("legal_rep.residency",)]),
    ],
)
def test_residency_asks_for_its_papers(
    facts: dict[str, Any], materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "residency_fact": "legal_rep.residency",
        "papers": {
            "foreign": [["passport"]],
            "hk": [["hk_macau_residence_permit"], ["hk_travel_permit"]],
        },
    }

    assert ask("id_types_by_residency", params, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("id_type", "materials", "expected"),
    [
        ("hk_travel_permit", (), []),
        ("hk_macau_residence_permit", (), [("hk_paper", "hk_travel_permit")]),
        ("hk_macau_residence_permit", ("hk_travel_permit",), []),
        (None, (), [(TYPE,)]),
        (None, ("hk_travel_permit",), []),
    ],
)
def test_document_of_the_person_is_no_further_paper(
    id_type: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"type_fact": TYPE, "papers": {"hk": [["hk_travel_permit"]]}}
    facts = {TYPE: id_type, RESIDENCY: "hk"}

    assert ask("id_types_by_residency", params, facts, materials=materials) == expected


def test_service_principal_who_is_the_principal_is_not_asked_again() -> None:
    params = {"residency_fact": "service_principal.residency", "allowed": {"foreign": []}}
    facts = {
        "service_principal.same_as_principal": True,
        "service_principal.residency": "foreign",
    }

    assert ask("id_types_by_residency", params, facts) == []


@pytest.mark.parametrize(
    ("materials", "expected"),
    [
        ((), [("elsewhere", DEED)]),
        ((PERMIT,), [("elsewhere", STATUS)]),
        ((PERMIT, STATUS), []),
        ((DEED,), []),
        (("student_card",), [("elsewhere", DEED)]),
    ],
)
def test_id_from_elsewhere_is_made_up_for_by_a_set(
    materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "area_facts": ["subject.doc_province"],
        "any_of": [DEED],
        "sets": [[PERMIT, STATUS]],
    }
    facts = {"subject.doc_province": "44"}

    assert ask("id_locality", params, facts, materials=materials) == expected


TRADERS = {
    "roles": ["principal", "service_principal"],
    "any_of": [PERMIT],
    "name_words": ["商贸", "贸易"],
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            {"principal.id_province": "44", "service_principal.id_province": "33"},
            [("principal", PERMIT)],
        ),
        (
            {"principal.id_province": "33", "service_principal.id_province": "44"},
            [("service_principal", PERMIT)],
        ),
        (
            {"principal.id_province": "44", "service_principal.same_as_principal": True},
            [("principal", PERMIT)],
        ),
        (
            {"principal.id_province": "33"},
            [("service_principal.id_province",)],
        ),
        ({"subject.name": "示例科技公司", "principal.id_province": "44"}, []),
        ({"subject.name": None, "principal.id_province": "44"}, [("subject.name",)]),
    ],
)
def test_ids_of_both_principals_of_a_trading_company(
    facts: dict[str, Any], expected: list[Any]
) -> None:
    facts = {"subject.name": "示例商贸公司", **facts}

    assert ask("id_locality", TRADERS, facts) == expected


SETS = {
    "area_facts": ["subject.doc_province"],
    "sets": [[PERMIT, STATUS], [DEED]],
    "expiring": [PERMIT],
}


@pytest.mark.parametrize(
    ("expiry", "materials", "expected"),
    [
        ("2026-11-15", (PERMIT, STATUS), [("expired", PERMIT)]),
        ("2026-11-16", (PERMIT, STATUS), []),
        ("2026-11-15", (PERMIT,), [("elsewhere", STATUS)]),
        ("2026-11-15", (PERMIT, STATUS, DEED), []),
        ("2026-11-15", (DEED,), []),
        (None, (PERMIT, STATUS), [(EXPIRY,)]),
        (None, (DEED,), []),
    ],
)
def test_permit_that_ran_out_is_no_proof(
    expiry: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {"subject.doc_province": "44", EXPIRY: expiry}

    assert ask("id_locality", SETS, facts, materials=materials) == expected


def test_permit_that_ran_out_does_not_matter_where_none_is_needed() -> None:
    facts = {"subject.doc_province": "33", EXPIRY: "2026-11-15"}

    assert ask("id_locality", SETS, facts, materials=(PERMIT, STATUS)) == []


@pytest.mark.parametrize(
    ("city", "materials", "expected"),
    [
        ("3302", (), [("differs", "location_proof")]),
        ("3302", ("location_proof",), []),
        ("3301", (), []),
    ],
)
def test_paper_makes_up_for_another_city(
    city: str, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "left": "contact.city",
        "right": "subject.doc_city",
        "any_of": ["location_proof"],
    }
    facts = {"contact.city": city, "subject.doc_city": "3301"}

    assert ask("same_area", params, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("province", "expected"), [("33", [("differs", None)]), ("44", []), (None, [("differs", None)])]
)
def test_city_of_another_province_is_left_to_its_rule(
    province: str | None, expected: list[Any]
) -> None:
    params = {
        "left": "contact.city",
        "right": "subject.doc_city",
        "unless_elsewhere": ["contact.province"],
    }
    facts = {"contact.city": "4403", "subject.doc_city": "3301", "contact.province": province}

    assert ask("same_area", params, facts) == expected


@pytest.mark.parametrize(
    ("expiry", "inclusive", "expected"),
    [
        ("2026-12-15", True, [("expires_soon", None)]),
        ("2026-12-16", True, []),
        ("2026-12-16", False, [("expires_soon", None)]),
        ("2026-12-17", False, []),
        (None, True, [(EXPIRY,)]),
    ],
)
def test_permit_runs_for_a_month_more(
    expiry: str | None, inclusive: bool, expected: list[Any]
) -> None:
    params = {"materials": [PERMIT], "months_left": 1, "inclusive": inclusive}

    found = ask("proof_quality", params, {EXPIRY: expiry}, materials=(PERMIT,))

    assert found == expected


@pytest.mark.parametrize(
    ("facts", "materials", "expected"),
    [
        ({MATCHES: True}, (PERMIT, STATUS), []),
        ({MATCHES: False}, (PERMIT, STATUS), [("differs", None)]),
        ({MATCHES: True}, (PERMIT,), [("incomplete", STATUS)]),
        ({}, (PERMIT, STATUS), [(MATCHES,)]),
        ({}, (), []),  # nothing was handed in
        ({}, ("student_card",), [("refused", PERMIT)]),
        ({MATCHES: True}, ("student_card", PERMIT, STATUS), []),
    ],
)
def test_permit_shows_the_contact_address_and_comes_with_its_status(
    facts: dict[str, Any], materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "materials": [PERMIT],
        "matches_fact": MATCHES,
        "needs": [STATUS],
        "refused": ["student_card"],
    }

    assert ask("proof_quality", params, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("area", "expected"),
    [("44", [("expires_soon", None)]), ("33", []), (None, [("subject.doc_province",)])],
)
def test_permit_nobody_needs_is_not_tested(area: str | None, expected: list[Any]) -> None:
    params = {
        "materials": [PERMIT],
        "months_left": 1,
        "when_id_elsewhere": ["subject.doc_province"],
    }
    facts = {EXPIRY: "2026-11-20", "subject.doc_province": area}

    assert ask("proof_quality", params, facts) == expected


@pytest.mark.parametrize(
    ("kind", "params", "complaint"),
    [
        ("id_types_by_residency", {}, "allowed, denied or papers"),
        ("id_types_by_residency", {"denied": ["id_card"]}, "type_fact"),
        ("id_types_by_residency", {"allowed": {"hk": ["id_card"]}}, "type_fact"),
        ("id_types_by_residency", {"type_fact": TYPE, "denied": ["library_card"]}, "library_card"),
        ("id_types_by_residency", {"allowed": {"mars": []}}, "mars"),
        ("id_types_by_residency", {"papers": {"hk": [["no_paper"]]}}, "no_paper"),
        ("id_locality", {}, "either area_facts or roles"),
        ("id_locality", {"area_facts": ["subject.doc_province"], "roles": ["principal"]}, "either"),
        ("id_locality", {"area_facts": ["subject.street"]}, "subject.street"),
        ("id_locality", {"area_facts": ["subject.doc_province"], "expiring": [PERMIT]}, "expiring"),
        ("proof_quality", {"materials": [PERMIT]}, "what is tested"),
        ("proof_quality", {"materials": [], "months_left": 1}, "materials"),
        ("proof_quality", {"materials": [PERMIT], "months_left": -1}, "months_left"),
        ("same_area", {"left": "contact.city", "any_of": ["no_paper"]}, "no_paper"),
    ],
)
def test_unsound_rule_of_documents_is_refused(
    kind: str, params: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal(kind, params)
