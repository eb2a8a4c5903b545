"""Legal representatives, their delegates and the letters these bring."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask, refusal

LETTER, SERVICE_LETTER = "auth_letter_principal", "auth_letter_service_principal"
DELEGATED = {"principal.is_legal_rep": False}
OTHER = {"service_principal.same_as_principal": False}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({**DELEGATED, "legal_rep.residency": "mainland"}, [("principal", None)]),
        ({**DELEGATED, "legal_rep.residency": "foreign"}, []),
        (DELEGATED, [("legal_rep.residency",)]),
        ({"principal.is_legal_rep": True}, []),
        ({}, [("principal.is_legal_rep",)]),
    ],
)
def test_legal_representative_from_outside_may_send_a_delegate(
    facts: dict[str, Any], expected: list[Any]
) -> None:
    params = {"unless_residency": ["hk", "macau", "tw", "foreign"]}

    assert ask("principal_is_legal_rep", params, facts) == expected


def test_unknown_name_leaves_a_demand_on_names_open() -> None:
    found = ask("principal_is_legal_rep", {"name_words": ["担保"]}, DELEGATED)

    assert found == [("subject.name",)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({**OTHER, "service_principal.is_legal_rep": False}, [("service_principal", LETTER)]),
        ({**OTHER, "service_principal.is_legal_rep": True}, []),
        ({**OTHER, "principal.is_legal_rep": True}, [("service_principal", LETTER)]),
        ({**OTHER, "principal.is_legal_rep": False}, [("service_principal.is_legal_rep",)]),
        ({"service_principal.same_as_principal": True}, []),
    ],
)
def test_service_principal_beside_the_legal_representative_is_a_delegate(
    facts: dict[str, Any], expected: list[Any]
) -> None:
    params = {"role": "service_principal", "material": LETTER}

    assert ask("letter_required", params, facts) == expected


@pytest.mark.parametrize(
    ("same", "expected"),
    [
        (False, [("service_principal", SERVICE_LETTER)]),
        (True, []),
        (None, [("service_principal.same_as_principal",)]),
    ],
)
def test_letter_of_everybody_but_the_subject_principal(
    same: bool | None, expected: list[Any]
) -> None:
    params = {"role": "service_principal", "material": SERVICE_LETTER, "other_than": "principal"}
    facts = {
        "service_principal.same_as_principal": same,
        "service_principal.is_legal_rep": True,
    }

    assert ask("letter_required", params, facts) == expected


@pytest.mark.parametrize(
    ("wanted", "is_legal_rep", "expected"),
    [
        (True, True, [("service_principal", SERVICE_LETTER)]),
        (True, False, []),
        (True, None, [("principal.is_legal_rep",)]),
        (False, True, []),
        (False, False, [("service_principal", SERVICE_LETTER)]),
    ],
)
def test_service_letter_depends_on_who_the_subject_principal_is(
    wanted: bool, is_legal_rep: bool | None, expected: list[Any]
) -> None:
    params = {
        "role": "service_principal",
        "material": SERVICE_LETTER,
        "when_principal_is_legal_rep": wanted,
    }
    facts = {
        **OTHER,
        "service_principal.is_legal_rep": False,
        "principal.is_legal_rep": is_legal_rep,
    }

    assert ask("letter_required", params, facts) == expected


@pytest.mark.parametrize(
    ("name", "params", "expected"),
    [
        ("示例担保公司", {"unless_name_words": ["担保"]}, []),
        ("示例科技公司", {"unless_name_words": ["担保"]}, [("principal", LETTER)]),
        ("示例担保公司", {"name_words": ["担保"]}, [("principal", LETTER)]),
        ("示例科技公司", {"name_words": ["担保"]}, []),
        (None, {"name_words": ["担保"]}, [("subject.name",)]),
        (None, {"unless_name_words": ["担保"]}, [("subject.name",)]),
    ],
)
def test_letter_depends_on_the_name_of_the_subject(
    name: str | None, params: dict[str, Any], expected: list[Any]
) -> None:
    facts = {**DELEGATED, "subject.name": name}
    params = {"role": "principal", "material": LETTER, **params}

    assert ask("letter_required", params, facts) == expected


@pytest.mark.parametrize(
    ("residency", "expected"),
    [
        ("foreign", []),
        ("mainland", [("principal", LETTER)]),
        (None, [("principal", LETTER)]),
    ],
)
def test_delegate_of_somebody_from_outside_is_left_to_a_rule_of_their_own(
    residency: str | None, expected: list[Any]
) -> None:
    params = {"role": "principal", "material": LETTER, "unless_residency": ["foreign", "hk"]}
    facts = {**DELEGATED, "legal_rep.residency": residency}

    assert ask("letter_required", params, facts) == expected


@pytest.mark.parametrize(
    ("remark", "expected"),
    [
        ("张示例任市场部负责人，分管网站", []),
        ("", [("remark", None)]),
        (None, [("subject.remarks",)]),
    ],
)
def test_remarks_say_what_the_delegate_is_in_charge_of(
    remark: str | None, expected: list[Any]
) -> None:
    params = {"role": "principal", "material": LETTER, "remark_words": ["负责", "分管"]}
    facts = {**DELEGATED, "subject.remarks": remark}

    assert ask("letter_required", params, facts, materials=(LETTER,)) == expected
    assert ask("letter_required", params, {"principal.is_legal_rep": True}) == []


FOREIGN = {"legal_rep.residency": "foreign", **DELEGATED}


@pytest.mark.parametrize(
    ("facts", "materials", "expected"),
    [
        ({**FOREIGN, "principal.residency": "mainland"}, (LETTER,), []),
        ({**FOREIGN, "principal.residency": "mainland"}, (), [("letter", LETTER)]),
        ({**FOREIGN, "principal.residency": "hk"}, (LETTER,), [("delegate", None)]),
        (FOREIGN, (LETTER,), [("principal.residency",)]),
        ({"legal_rep.residency": "mainland"}, (), []),
        (DELEGATED, (), [("legal_rep.residency",)]),
        # The legal representative files in person, and only the principal's facts are known.
        (
            {"principal.is_legal_rep": True, "principal.residency": "foreign"},
            (LETTER,),
            [("delegate", None)],
        ),
        ({"principal.is_legal_rep": True, "principal.residency": "mainland"}, (), []),
        # One person of whom two things are said is from outside.
        (
            {
                "principal.is_legal_rep": True,
                "principal.residency": "hk",
                "legal_rep.residency": "mainland",
            },
            (LETTER,),
            [("delegate", None)],
        ),
    ],
)
def test_legal_representative_from_outside_needs_a_delegate_with_a_letter(
    facts: dict[str, Any], materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"residencies": ["foreign", "hk"]}

    assert ask("non_mainland_delegation", params, facts, materials=materials) == expected


@pytest.mark.parametrize(
    ("used", "expected"), [(True, [("id_used", None)]), (False, []), (None, 1)]
)
def test_delegate_is_nobody_elses(used: bool | None, expected: Any) -> None:
    params = {"residencies": ["foreign"], "unused": ["id"]}
    fact = "principal.id_used_by_other_subject"
    facts = {**FOREIGN, "principal.residency": "mainland", fact: used}

    found = ask("non_mainland_delegation", params, facts, materials=(LETTER,))

    assert found == ([(fact,)] if expected == 1 else expected)


@pytest.mark.parametrize(
    ("kind", "params", "complaint"),
    [
        ("letter_required", {"role": "principal"}, "material or remark_words"),
        ("letter_required", {"role": "principal", "material": "no_paper"}, "no_paper"),
        (
            "letter_required",
            {"role": "principal", "material": LETTER, "other_than": "principal"},
            "only the service principal",
        ),
        (
            "letter_required",
            {"role": "principal", "material": LETTER, "when_principal_is_legal_rep": True},
            "only the service principal",
        ),
        ("principal_is_legal_rep", {"unless_residency": ["mars"]}, "unless_residency"),
        ("non_mainland_delegation", {"residencies": []}, "residencies"),
        ("non_mainland_delegation", {"residencies": ["mainland"]}, "another residency"),
        ("non_mainland_delegation", {"residencies": ["hk"], "unused": ["name"]}, "unused"),
    ],
)
def test_unsound_rule_of_delegates_is_refused(
    kind: str, params: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal(kind, params)
