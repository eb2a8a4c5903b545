"""What only a paper or a remark is lacking for is softer than the row's own outcome."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import softened


@pytest.mark.parametrize(
    ("kind", "params", "facts", "expected"),
    [
        (
            "letter_required",
            {"role": "principal", "material": "auth_letter_principal", "remark_words": ["负责"]},
            {"principal.is_legal_rep": False, "subject.remarks": ""},
            {"principal": None, "remark": "advice"},
        ),
        (
            "non_mainland_delegation",
            {"residencies": ["foreign"]},
            {"legal_rep.residency": "foreign", "principal.residency": "foreign"},
            {"delegate": None, "letter": "material"},
        ),
        (
            "id_types_by_residency",
            {"allowed": {"foreign": []}, "papers": {"foreign": [["passport"]]}},
            {"principal.residency": "foreign"},
            {"foreign": None, "foreign_paper": "material"},
        ),
        (
            "proof_quality",
            {
                "materials": ["residence_permit"],
                "months_left": 1,
                "needs": ["residence_permit_status_page"],
            },
            {"residence_permit.expiry": "2026-11-20"},
            {"expires_soon": None, "incomplete": "material"},
        ),
        (
            "third_person_contact",
            {"remark_words": ["联系人"]},
            {
                "service_principal.same_as_principal": True,
                "principal.mobile": "13800000001",
                "principal.emergency_phone": "13800000001",
                "subject.remarks": "",
            },
            {"principal": None, "remark": "advice"},
        ),
        (
            "address_text",
            {"forbid": ["市辖区"], "districts": {"空港": "滨海新区"}},
            {"contact.address": "市辖区空港示例路8号"},
            {"forbidden": None, "district": "advice"},
        ),
    ],
)
def test_hit_is_softer_than_its_row_where_something_else_would_do(
    kind: str, params: dict[str, Any], facts: dict[str, Any], expected: dict[str, str | None]
) -> None:
    assert softened(kind, params, facts) == expected
