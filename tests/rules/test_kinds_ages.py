"""Ages of the responsible persons: minimum, bands with a proof, maximum."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask, refusal

PROOF = "employment_or_income_proof"
GUARDIAN = ["guardian_id", "household_register", "guardian_consent"]
MIDDLE = "1963-11-16"  # 63 today


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"legal_rep.birth_date": "2008-11-17"}, [("legal_rep", None)]),
        ({"legal_rep.birth_date": "2008-11-16"}, []),
        ({"principal.birth_date": "2008-11-17"}, [("legal_rep.birth_date",)]),
        (
            {"principal.is_legal_rep": False, "principal.birth_date": "2008-11-17"},
            [("legal_rep.birth_date",)],
        ),
        (
            {"principal.is_legal_rep": True, "principal.birth_date": "2008-11-17"},
            [("legal_rep", None)],
        ),
    ],
)
def test_legal_representative_has_a_minimum_age(facts: dict[str, Any], expected: list[Any]) -> None:
    assert ask("min_age", {"years": 18, "roles": ["legal_rep"]}, facts) == expected


def test_principal_who_is_the_legal_representative_is_looked_at_once() -> None:
    facts = {"principal.is_legal_rep": True, "principal.birth_date": "2010-01-01"}

    found = ask("min_age", {"years": 18, "roles": ["principal", "legal_rep"]}, facts)

    assert found == [("principal", None)]


def test_service_principal_who_is_the_principal_is_known_by_their_facts() -> None:
    facts = {"service_principal.same_as_principal": True, "principal.birth_date": "2010-01-01"}

    found = ask("min_age", {"years": 18, "roles": ["service_principal"]}, facts)

    assert found == [("service_principal", None)]


@pytest.mark.parametrize(
    ("materials", "expected"),
    [
        ((), [("principal", PROOF)]),
        ((PROOF,), []),
        (("guardian_id",), [("principal", paper) for paper in GUARDIAN[1:]]),
        ((*GUARDIAN[:2],), [("principal", GUARDIAN[2])]),
        ((*GUARDIAN,), []),
    ],
)
def test_proof_of_age_is_one_paper_or_a_whole_set(
    materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "from_years": 16,
        "to_years": 18,
        "any_of": [PROOF],
        "sets": [GUARDIAN],
        "roles": ["principal"],
    }
    facts = {"principal.birth_date": "2010-01-01"}

    assert ask("age_band_needs_proof", params, facts, materials=materials) == expected


def test_only_set_is_asked_for_paper_by_paper() -> None:
    params = {"to_years": 18, "sets": [GUARDIAN], "roles": ["principal"]}
    facts = {"principal.birth_date": "2010-01-01"}

    found = ask("age_band_needs_proof", params, facts)

    assert found == [("principal", paper) for paper in GUARDIAN]


@pytest.mark.parametrize(
    ("born", "sex", "expected"),
    [
        ("1965-11-16", "male", [("service_principal", None)]),  # 61
        ("1965-11-17", "male", []),  # 60, on the eve of the birthday
        ("1970-11-16", "female", [("service_principal", None)]),  # 56
        ("1970-11-17", "female", []),  # 55
        ("1970-11-16", "male", []),
        ("1970-11-16", None, [("service_principal.sex",)]),
        ("1965-11-16", None, [("service_principal", None)]),
        ("1970-11-17", None, []),
        (None, "male", [("service_principal.birth_date",)]),
    ],
)
def test_retirement_age_depends_on_the_sex(
    born: str | None, sex: str | None, expected: list[Any]
) -> None:
    params = {"years": 60, "years_women": 55, "roles": ["service_principal"]}
    facts = {"service_principal.birth_date": born, "service_principal.sex": sex}

    assert ask("max_age", params, facts) == expected


@pytest.mark.parametrize(("years", "expected"), [(62, [("principal", None)]), (63, []), (64, [])])
def test_maximum_age_is_still_allowed(years: int, expected: list[Any]) -> None:
    params = {"years": years, "roles": ["principal"]}

    assert ask("max_age", params, {"principal.birth_date": MIDDLE}) == expected


@pytest.mark.parametrize(
    ("kind", "params", "complaint"),
    [
        ("min_age", {"years": -1}, "years"),
        ("min_age", {"years": 18, "roles": ["guardian"]}, "roles"),
        ("min_age", {"years": 18, "roles": []}, "roles"),
        ("age_band_needs_proof", {"from_years": 18, "to_years": 18, "any_of": [PROOF]}, "below"),
        ("age_band_needs_proof", {"to_years": 18}, "names the papers"),
        ("age_band_needs_proof", {"to_years": 18, "sets": [[]]}, "sets"),
        ("age_band_needs_proof", {"to_years": 18, "sets": [["no_paper"]]}, "no_paper"),
        ("max_age", {"years_women": 55}, "years"),
    ],
)
def test_unsound_age_rule_is_refused(kind: str, params: dict[str, Any], complaint: str) -> None:
    assert complaint in refusal(kind, params)
