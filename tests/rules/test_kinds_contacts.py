"""Phones, emergency contacts and contact addresses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.kind_cases import ask, refusal

SAME = "service_principal.same_as_principal"
ID_USED = "service_principal.id_used_by_other_subject"
SAME_LEGAL_REP = "principal.other_use_is_same_legal_rep"
OWN_FILING = "service_principal.other_use_is_own_personal_filing"
A, B, C, D = "13800000001", "13800000002", "13800000003", "13800000004"
MOBILE, EMERGENCY = "principal.mobile", "principal.emergency_phone"
OTHER_MOBILE, OTHER_EMERGENCY = "service_principal.mobile", "service_principal.emergency_phone"


def phones(*numbers: str | None) -> dict[str, Any]:
    """Facts of two different persons with these numbers."""
    fields = (MOBILE, EMERGENCY, OTHER_MOBILE, OTHER_EMERGENCY)
    return {SAME: False, **dict(zip(fields, numbers, strict=True))}


@pytest.mark.parametrize(
    ("used", "own", "expected"),
    [
        (True, True, []),
        (True, False, [("service_principal_id", None)]),
        (True, None, [("service_principal_id", None)]),
        (False, None, []),
        (None, None, [(ID_USED,)]),
    ],
)
def test_own_personal_filing_is_no_other_use(
    used: bool | None, own: bool | None, expected: list[Any]
) -> None:
    params = {"keys": ["id"], "roles": ["service_principal"], "except_own_personal_filing": True}

    assert ask("no_reuse", params, {ID_USED: used, OWN_FILING: own}) == expected


@pytest.mark.parametrize(
    ("used", "same", "expected"),
    [
        (True, True, []),
        (True, False, [("principal_mobile", None)]),
        (True, None, [("principal_mobile", None)]),
        (False, None, []),
        (None, True, [("principal.mobile_used_by_other_subject",)]),
    ],
)
def test_other_units_of_the_same_legal_representative_are_no_other_use(
    used: bool | None, same: bool | None, expected: list[Any]
) -> None:
    params = {"keys": ["mobile"], "roles": ["principal"], "except_same_legal_rep": True}
    facts = {"principal.mobile_used_by_other_subject": used, SAME_LEGAL_REP: same}

    assert ask("no_reuse", params, facts) == expected


def test_legal_representative_excuses_nobody_elses_mobile() -> None:
    params = {"keys": ["mobile"], "except_same_legal_rep": True}
    facts = {
        SAME: False,
        SAME_LEGAL_REP: True,
        "principal.mobile_used_by_other_subject": True,
        "service_principal.mobile_used_by_other_subject": True,
    }

    assert ask("no_reuse", params, facts) == [("service_principal_mobile", None)]


@pytest.mark.parametrize(
    ("differs", "expected"),
    [(True, [("own_units_mobile", None)]), (False, []), (None, [])],
)
def test_contacts_are_the_same_for_every_unit_of_a_legal_representative(
    differs: bool | None, expected: list[Any]
) -> None:
    params = {"same_at_own_units": ["mobile"]}

    assert ask("no_reuse", params, {"principal.mobile_differs_at_own_units": differs}) == expected


@pytest.mark.parametrize(
    ("serves", "expected"),
    [
        (True, [("serves_other_unit", None)]),
        (False, []),
        (None, [("service_principal.serves_other_unit",)]),
    ],
)
def test_nobody_is_service_principal_of_two_units(serves: bool | None, expected: list[Any]) -> None:
    facts = {"service_principal.serves_other_unit": serves}

    assert ask("no_reuse", {"one_unit_only": True}, facts) == expected


def test_data_of_one_person_in_both_roles_are_known_by_either_name() -> None:
    facts = {SAME: True, "principal.id_used_by_other_subject": True}

    found = ask("no_reuse", {"keys": ["id"], "roles": ["service_principal"]}, facts)

    assert found == [("service_principal_id", None)]


@pytest.mark.parametrize(
    ("area", "mobile", "expected"),
    [
        ("44", "44", [("principal", None)]),
        ("44", "33", []),
        ("33", "44", []),
        (None, "44", [("subject.doc_province",)]),
    ],
)
def test_mobile_is_local_where_the_id_is_not(
    area: str | None, mobile: str, expected: list[Any]
) -> None:
    params = {"roles": ["principal"], "when_id_elsewhere": ["subject.doc_province"]}
    facts = {"subject.doc_province": area, "principal.mobile_province": mobile}

    assert ask("phone_area", params, facts) == expected


@pytest.mark.parametrize(
    ("wanted", "numbers", "expected"),
    [
        (3, (A, B, A, C), []),
        (3, (A, B, A, B), [("too_few", None)]),
        (3, (A, A, A, None), [("too_few", None)]),
        (3, (A, B, A, None), [(OTHER_EMERGENCY,)]),
        (3, (A, B, C, None), []),
        (4, (A, B, C, D), []),
        (4, (A, B, C, A), [("too_few", None)]),
    ],
)
def test_two_persons_give_enough_different_numbers(
    wanted: int, numbers: tuple[str | None, ...], expected: list[Any]
) -> None:
    assert ask("phones_distinct", {"min_distinct": wanted}, phones(*numbers)) == expected


def test_one_person_is_not_asked_for_three_numbers() -> None:
    facts = {**phones(A, B, A, B), SAME: True}

    assert ask("phones_distinct", {"min_distinct": 3}, facts) == []
    assert ask("phones_distinct", {"min_distinct": 3}, {**facts, SAME: None}) == [(SAME,)]


@pytest.mark.parametrize(("second", "expected"), [("138-0000 0001", [("second", None)]), (B, [])])
def test_second_contact_is_compared_as_a_number(second: str, expected: list[Any]) -> None:
    pair = {"about": "second", "left": "principal.second_contact", "right": MOBILE}
    facts = {"principal.second_contact": second, MOBILE: A}

    assert ask("phones_distinct", {"pairs": [pair]}, facts) == expected


@pytest.mark.parametrize(
    ("emergency", "expected"), [(A, []), (B, [("second", None)]), (None, [("second", None)])]
)
def test_second_contact_that_repeats_the_emergency_phone_is_left_to_its_rule(
    emergency: str | None, expected: list[Any]
) -> None:
    pair = {
        "about": "second",
        "left": "principal.second_contact",
        "right": MOBILE,
        "unless_repeats": EMERGENCY,
    }
    facts = {"principal.second_contact": A, MOBILE: A, EMERGENCY: emergency}

    assert ask("phones_distinct", {"pairs": [pair]}, facts) == expected


@pytest.mark.parametrize(
    ("number", "expected"), [(A, []), ("", [("not_given", None)]), (None, [(EMERGENCY,)])]
)
def test_number_has_to_be_given(number: str | None, expected: list[Any]) -> None:
    assert ask("phones_distinct", {"required": [EMERGENCY]}, {EMERGENCY: number}) == expected


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((A, C, B, D), []),
        ((A, A, B, C), [("principal", None)]),
        ((A, B, B, C), [("principal", None)]),
        ((A, B, B, A), [("principal", None), ("service_principal", None)]),
        ((A, C, None, D), [(OTHER_MOBILE,), (OTHER_MOBILE,)]),
        ((None, C, C, D), [("principal", None), (MOBILE,)]),
    ],
)
def test_emergency_phone_is_no_principals_mobile(
    numbers: tuple[str | None, ...], expected: list[Any]
) -> None:
    params = {"roles": ["principal", "service_principal"]}

    assert ask("third_person_contact", params, phones(*numbers)) == expected


@pytest.mark.parametrize(
    ("same", "third", "expected"),
    [
        (False, False, [("holder", None)]),
        (False, True, []),
        (False, None, [("principal.emergency_is_third_person",)]),
        (True, False, []),
        (None, False, [(SAME,)]),
    ],
)
def test_emergency_phone_of_two_persons_is_a_third_ones(
    same: bool | None, third: bool | None, expected: list[Any]
) -> None:
    params = {"holder": True, "when_differ": True}
    facts = {
        **phones(A, C, B, D),
        SAME: same,
        "principal.emergency_is_third_person": third,
    }

    assert ask("third_person_contact", params, facts) == expected


@pytest.mark.parametrize(
    ("emergency", "remark", "expected"),
    [
        (C, "应急联系人：李示例，行政经理", []),
        (C, "", [("remark", None)]),
        (C, None, [("subject.remarks",)]),
        ("0571-88888888", "", []),
        ("057188888888", None, []),
    ],
)
def test_remarks_name_the_contact_of_a_mobile(
    emergency: str, remark: str | None, expected: list[Any]
) -> None:
    params = {"roles": [], "unless_landline": True, "remark_words": ["联系人", "应急"]}

    found = ask("third_person_contact", params, {EMERGENCY: emergency, "subject.remarks": remark})

    assert found == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("示范区示例路 8 号 301 室", []),
        ("示范区示例路八号", []),
        ("示范区示例大厦A座", []),
        ("市辖区示例路8号", [("forbidden", None)]),
        ("宣武区示例路8号", [("renamed", None)]),
        ("西城区（原宣武区）示例路8号", []),
        ("自贸区示例路8号", [("district", None)]),
        ("示范区示例路", [("no_door_number", None)]),
        ("示范区示例路8号1-2-3", [("dashes", None)]),
        ("示范区示例路8号1-2", []),
        (None, [("contact.address",)]),
    ],
)
def test_contact_address_is_spelt_out(address: str | None, expected: list[Any]) -> None:
    params = {
        "forbid": ["市辖区"],
        "renamed": {"宣武区": "西城区"},
        "districts": {"自贸区": "滨海新区"},
        "door_number": True,
        "no_dashes": True,
    }

    assert ask("address_text", params, {"contact.address": address}) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("华苑示例路8号", [("district", None)]),
        ("南开区华苑示例路8号", []),
        ("西青区华苑示例路8号", []),
    ],
)
def test_quarter_may_lie_in_two_districts(address: str, expected: list[Any]) -> None:
    params = {"districts": {"华苑": ["南开区", "西青区"]}}

    assert ask("address_text", params, {"contact.address": address}) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://shop.example.com/", [("subject.doc_address", "location_proof")]),
        ("示范市示范区示例路8号", []),
        (None, [("subject.doc_address",)]),
    ],
)
def test_licence_of_an_online_shop_needs_a_place(address: str | None, expected: list[Any]) -> None:
    params = {
        "fields": ["subject.doc_address"],
        "words": "platform_addresses",
        "any_of": ["location_proof"],
    }

    assert ask("keyword_trigger", params, {"subject.doc_address": address}) == expected


@pytest.mark.parametrize(
    ("kind", "params", "complaint"),
    [
        ("no_reuse", {"keys": ["name"]}, "keys"),
        ("no_reuse", {}, "same_at_own_units or one_unit_only"),
        ("phone_area", {"areas": ["99"]}, "99 is no province"),
        ("phone_area", {"areas": []}, "areas"),
        ("phones_distinct", {}, "says what is asked"),
        ("phones_distinct", {"min_distinct": 5}, "min_distinct"),
        ("phones_distinct", {"required": ["principal.fax"]}, "principal.fax"),
        ("third_person_contact", {"roles": []}, "says what is asked"),
        ("address_text", {}, "says what"),
        ("address_text", {"forbid": [""]}, "forbid"),
    ],
)
def test_unsound_rule_of_contacts_is_refused(
    kind: str, params: dict[str, Any], complaint: str
) -> None:
    assert complaint in refusal(kind, params)
