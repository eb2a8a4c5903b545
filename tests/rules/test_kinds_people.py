"""Ages, roles, IDs and contact data of the responsible persons."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules.kinds.dates import add_months, age_on
from tests.rules.kind_cases import ask

PROOF = "employment_or_income_proof"
LETTER = "auth_letter_principal"


@pytest.mark.parametrize(
    ("born", "today", "age"),
    [
        (date(2008, 11, 17), date(2026, 11, 16), 17),
        (date(2008, 11, 16), date(2026, 11, 16), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_age_is_reached_on_the_birthday(born: date, today: date, age: int) -> None:
    assert age_on(today, born) == age


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 16), 3, date(2027, 2, 16)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_month_ends_are_clamped(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("born", "materials", "expected"),
    [
        ("2010-11-17", (), []),  # 15
        ("2010-11-16", (), [("principal", PROOF)]),  # 16
        ("2008-11-17", (), [("principal", PROOF)]),  # 17
        ("2008-11-17", (PROOF,), []),
        ("2008-11-16", (), []),  # 18
    ],
)
def test_age_band_asks_for_a_proof(
    born: str, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"from_years": 16, "to_years": 18, "any_of": [PROOF], "roles": ["principal"]}

    found = ask("age_band_needs_proof", params, {"principal.birth_date": born}, materials=materials)

    assert found == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("示例投资管理有限公司", [("principal", None), ("service_principal", None)]),
        ("示例科技有限公司", []),
    ],
)
def test_legal_representative_is_demanded_by_words_of_the_name(
    name: str, expected: list[Any]
) -> None:
    params = {"roles": ["principal", "service_principal"], "name_words": ["投资管理", "担保"]}
    facts = {
        "subject.name": name,
        "principal.is_legal_rep": False,
        "service_principal.is_legal_rep": False,
    }

    assert ask("principal_is_legal_rep", params, facts) == expected


def test_same_person_is_judged_once() -> None:
    facts = {"principal.is_legal_rep": False, "service_principal.same_as_principal": True}

    found = ask("principal_is_legal_rep", {"roles": ["principal", "service_principal"]}, facts)

    assert found == [("principal", None)]


@pytest.mark.parametrize(
    ("is_legal_rep", "materials", "expected"),
    [(False, (), [("principal", LETTER)]), (False, (LETTER,), []), (True, (), [])],
)
def test_delegated_principal_brings_a_letter(
    is_legal_rep: bool, materials: tuple[str, ...], expected: list[Any]
) -> None:
    facts = {"principal.is_legal_rep": is_legal_rep}

    found = ask(
        "letter_required", {"role": "principal", "material": LETTER}, facts, materials=materials
    )

    assert found == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"principal.is_legal_rep": True, "service_principal.same_as_principal": False}, []),
        (
            {"principal.is_legal_rep": False, "service_principal.same_as_principal": False},
            [("differs", None), ("service_principal.all_services_same_person",)],
        ),
        (
            {
                "principal.is_legal_rep": False,
                "service_principal.same_as_principal": True,
                "service_principal.all_services_same_person": False,
            },
            [("differs_between_services", None)],
        ),
        ({}, [("principal.is_legal_rep",)]),
    ],
)
def test_delegated_principal_is_the_only_service_principal(
    facts: dict[str, Any], expected: list[Any]
) -> None:
    params = {"when_delegated": True, "across_services": True}

    assert ask("same_person", params, facts) == expected


@pytest.mark.parametrize(
    ("params", "area", "expected"),
    [
        ({}, "33", []),
        ({}, "44", [("elsewhere", None)]),
        ({"any_of": ["residence_permit"]}, "44", [("elsewhere", "residence_permit")]),
        ({"any_of": ["residence_permit"]}, None, [("principal.id_province",)]),
    ],
)
def test_id_from_elsewhere(params: dict[str, Any], area: str | None, expected: list[Any]) -> None:
    params = {"area_facts": ["principal.id_province"], **params}

    assert ask("id_locality", params, {"principal.id_province": area}) == expected


@pytest.mark.parametrize(
    ("contact", "document", "expected"),
    [
        ("3301", "330106", []),  # a district lies in its city
        ("5001", "500231", []),  # counties of 重庆 too
        ("330100", "3302", [("differs", None)]),
        ("429004", "429005", [("differs", None)]),  # cities under the province directly
        (None, "3302", [("contact.city",)]),
    ],
)
def test_two_areas_are_compared_by_city(
    contact: str | None, document: str, expected: list[Any]
) -> None:
    params = {"left": "contact.city", "right": "subject.doc_city"}

    found = ask("same_area", params, {"contact.city": contact, "subject.doc_city": document})

    assert found == expected


def test_identity_used_elsewhere_is_found_per_person() -> None:
    facts = {
        "principal.id_used_by_other_subject": True,
        "principal.mobile_used_by_other_subject": False,
        "service_principal.id_used_by_other_subject": False,
    }

    assert ask("no_reuse", {"keys": ["id", "mobile"]}, facts) == [
        ("principal_id", None),
        ("service_principal.mobile_used_by_other_subject",),
    ]


@pytest.mark.parametrize(
    ("areas", "mobile", "expected"),
    [
        (["province"], "33", []),
        (["province"], "11", [("principal", None)]),
        (["province", "11", "12"], "11", []),
    ],
)
def test_mobile_of_another_area(areas: list[str], mobile: str, expected: list[Any]) -> None:
    params = {"areas": areas, "roles": ["principal"]}

    assert ask("phone_area", params, {"principal.mobile_province": mobile}) == expected


def test_swapped_numbers_are_found() -> None:
    pair = {
        "about": "swapped",
        "left": "principal.mobile",
        "right": "service_principal.emergency_phone",
    }
    facts = {
        "principal.mobile": "138 0000 0001",
        "service_principal.emergency_phone": "+8613800000001",
    }

    assert ask("phones_distinct", {"pairs": [pair]}, facts) == [("swapped", None)]
