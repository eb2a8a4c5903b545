"""Papers that are asked of some, the quality of licences, photos and videos."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.kind_cases import ask


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("浙江示例律师事务所", [("lacking", "pre_approval")]),
        ("示例科技有限公司", []),
        (None, [("subject.name",)]),
    ],
)
def test_paper_is_asked_of_subjects_by_their_name(name: str | None, expected: list[Any]) -> None:
    params = {"any_of": ["pre_approval"], "subject_words": "law_firms"}

    assert ask("always_required_document", params, {"subject.name": name}) == expected


def test_every_paper_of_a_set_is_asked() -> None:
    params = {"all_of": ["truth_notice_js", "truth_commitment_js"]}

    assert ask("always_required_document", params, {}, materials=("truth_notice_js",)) == [
        ("truth_commitment_js", "truth_commitment_js")
    ]


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("2018-12-31", []),
        ("2019-01-01", [("lacking", "party_building_letter_xj")]),
        (None, [("lacking", "party_building_letter_xj")]),
        ("unknown", [("domain.filed_before",)]),
    ],
)
def test_paper_of_domains_filed_from_a_day_on(filed: str | None, expected: list[Any]) -> None:
    params = {"any_of": ["party_building_letter_xj"], "filed_from": date(2019, 1, 1)}

    assert ask("always_required_document", params, {"domain.filed_before": filed}) == expected


@pytest.mark.parametrize(
    ("resources", "expected"),
    [(1, []), (2, [("lacking", "site_plan")]), (None, [("service.resource_count",)])],
)
def test_paper_of_services_on_several_resources(resources: int | None, expected: list[Any]) -> None:
    params = {"any_of": ["site_plan"], "resources_over": 1}

    assert ask("always_required_document", params, {"service.resource_count": resources}) == (
        expected
    )


# 2026-09-30 is followed by a holiday to 7 October; the 8th and 9th are the first working days.
@pytest.mark.parametrize(
    ("signed", "materials", "expected"),
    [
        ("2026-09-30", ("commitment_letter_gd",), []),
        ("2026-09-29", ("commitment_letter_gd",), [("too_old", "commitment_letter_gd")]),
        (None, ("commitment_letter_gd",), [("commitment_letter.signed_on",)]),
        ("2026-09-30", (), [("lacking", "commitment_letter_gd")]),
    ],
)
def test_signature_grows_old(
    signed: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {
        "any_of": ["commitment_letter_gd"],
        "signed_on": "commitment_letter.signed_on",
        "max_working_days": 2,
    }
    facts = {"commitment_letter.signed_on": signed}

    found = ask(
        "always_required_document", params, facts, materials=materials, today=date(2026, 10, 9)
    )

    assert found == expected


@pytest.mark.parametrize(
    ("check", "fact", "bad", "good"),
    [
        ("electronic", "subject.doc_is_electronic", True, False),
        ("licence_seal", "subject.licence_seal", "other", "expected"),
        ("merged_licence", "subject.licence_is_merged", False, True),
        ("licence_number", "subject.licence_number", "", "330100000000001"),
        ("in_register", "subject.found_in_register", False, True),
    ],
)
def test_each_check_of_a_licence(check: str, fact: str, bad: Any, good: Any) -> None:
    params = {"checks": [check]}

    assert ask("subject_document_quality", params, {fact: bad}) == [(check, None)]
    assert ask("subject_document_quality", params, {fact: good}) == []
    assert ask("subject_document_quality", params, {}) == [(fact,)]


@pytest.mark.parametrize(
    ("seal", "expected"),
    [
        ("示例省商事登记专用章", []),
        ("示例市商事登记专用章", [("licence_seal", None)]),
        ("other", [("licence_seal", None)]),
        ("expected", []),
        (None, [("subject.licence_seal",)]),
    ],
)
def test_licence_bears_the_seal_that_is_named(seal: str | None, expected: list[Any]) -> None:
    params = {"checks": ["licence_seal"], "seal": "示例省商事登记专用章"}

    found = ask("subject_document_quality", params, {"subject.licence_seal": seal})

    assert found == expected


@pytest.mark.parametrize(
    ("seal", "trade_name", "expected"),
    [
        (False, False, [("together", "legal_rep_fingerprint")]),
        (False, True, []),
        (True, None, []),
        (False, None, [("subject.has_trade_name",)]),
    ],
)
def test_neither_seal_nor_trade_name(
    seal: bool | None, trade_name: bool | None, expected: list[Any]
) -> None:
    params = {
        "checks": ["seal", "trade_name"],
        "all_together": True,
        "material": "legal_rep_fingerprint",
    }
    facts = {"subject.has_seal": seal, "subject.has_trade_name": trade_name}

    assert ask("subject_document_quality", params, facts) == expected


@pytest.mark.parametrize(
    ("remarks", "expected"),
    [
        ("无字号，以经营者姓名备案", [("seal", None)]),
        ("", [("trade_name", None), ("seal", None)]),
        (None, [("trade_name", None), ("seal", None)]),
    ],
)
def test_remark_explains_a_missing_trade_name(remarks: str | None, expected: list[Any]) -> None:
    params = {"checks": ["trade_name", "seal"], "trade_name_remarks": ["无字号"]}
    facts = {
        "subject.has_trade_name": False,
        "subject.has_seal": False,
        "subject.remarks": remarks,
    }

    assert ask("subject_document_quality", params, facts) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("琼20260001", []),
        ("460100000000001", [("number_prefix", None)]),
        (None, [("subject.licence_number",)]),
    ],
)
def test_number_of_the_licence_begins_as_it_should(number: str | None, expected: list[Any]) -> None:
    facts = {"subject.licence_number": number}

    assert ask("subject_document_quality", {"number_prefix": "琼"}, facts) == expected


@pytest.mark.parametrize(
    ("trade_name", "expected"),
    [
        (True, [("files_as", None)]),
        (False, [("trade_name", None)]),
        (None, [("subject.has_trade_name",)]),
    ],
)
def test_nature_to_file_as_is_said_where_nothing_is_wrong(
    trade_name: bool | None, expected: list[Any]
) -> None:
    params = {"checks": ["trade_name"], "files_as": "enterprise"}

    assert ask("subject_document_quality", params, {"subject.has_trade_name": trade_name}) == (
        expected
    )


def test_licence_is_checked_for_subjects_by_their_name() -> None:
    params = {"checks": ["seal"], "subject_words": "studios"}
    sealless = {"subject.has_seal": False}

    assert ask("subject_document_quality", params, {**sealless, "subject.name": "示例工作室"}) == [
        ("seal", None)
    ]
    assert ask("subject_document_quality", params, {**sealless, "subject.name": "示例公司"}) == []
    assert ask("subject_document_quality", params, sealless) == [("subject.name",)]


PHOTO = "handheld_id_photo"


@pytest.mark.parametrize(
    ("born", "materials", "expected"),
    [
        ("1961-11-16", (), [("lacking", PHOTO)]),
        ("1961-11-17", (), []),
        ("1961-11-16", (PHOTO,), []),
        ("1961-11-16", ("id_original_scan",), [("lacking", PHOTO)]),
        (None, (), [("principal.birth_date",)]),
    ],
)
def test_photo_of_an_old_principal(
    born: str | None, materials: tuple[str, ...], expected: list[Any]
) -> None:
    params = {"material": PHOTO, "from_age": 65}

    assert ask("photo_or_video", params, {"principal.birth_date": born}, materials=materials) == (
        expected
    )


@pytest.mark.parametrize(
    ("province", "expected"),
    [("33", []), ("34", [("lacking", PHOTO)]), (None, [("legal_rep.id_province",)])],
)
def test_photo_where_the_legal_representative_is_from_elsewhere(
    province: str | None, expected: list[Any]
) -> None:
    params = {"material": PHOTO, "legal_rep_from_elsewhere": True}

    assert ask("photo_or_video", params, {"legal_rep.id_province": province}) == expected


@pytest.mark.parametrize(
    ("is_legal_rep", "expected"),
    [(True, [("lacking", PHOTO)]), (False, [("legal_rep.id_province",)])],
)
def test_principal_who_is_the_legal_representative_tells_where_they_are_from(
    is_legal_rep: bool, expected: list[Any]
) -> None:
    params = {"material": PHOTO, "legal_rep_from_elsewhere": True}
    facts = {"principal.is_legal_rep": is_legal_rep, "principal.id_province": "34"}

    assert ask("photo_or_video", params, facts) == expected


def test_video_of_everybody() -> None:
    params = {"material": "commitment_video_js", "role": "service_principal"}

    assert ask("photo_or_video", params, {}) == [("lacking", "commitment_video_js")]
    assert ask("photo_or_video", params, {}, materials=("commitment_video_js",)) == []


@pytest.mark.parametrize(
    ("reused", "expected"),
    [(True, [("reused", PHOTO)]), (False, []), (None, [("verification_photo.reused",)])],
)
def test_photo_of_an_earlier_order(reused: bool | None, expected: list[Any]) -> None:
    params = {"material": PHOTO, "not_reused": True}

    found = ask("photo_or_video", params, {"verification_photo.reused": reused}, materials=(PHOTO,))

    assert found == expected
