"""The national baseline, rule by rule: what passes, what is found, and which paper settles it."""

from __future__ import annotations

from typing import Any

import pytest

from rules.loader import shipped_rule_set
from rules.regions import provinces
from tests.rules.cases import BASES, OTHER_SERVICE_PRINCIPAL, findings, outcomes
from tests.rules.provinces.case_file import OF_PROVINCE

LETTER = "auth_letter_service_principal"
FORM = "gov_site_domain_form"
OTHER = OTHER_SERVICE_PRINCIPAL
CONTACTS = ("mobile", "emergency", "email")

# base, facts that change, what is found then: (rule, outcome, about)
CASES: list[tuple[str, dict[str, Any], list[tuple[str, str, str]]]] = [
    ("enterprise", {"subject.doc_province": "44"}, [("N01", "block", "differs")]),
    ("person", {"subject.doc_province": "44"}, [("N02", "advice", "elsewhere")]),
    ("person", {"principal.id_province": "44"}, [("N02", "advice", "elsewhere")]),
    ("person", {"contact.province": "44"}, [("N03", "block", "differs")]),
    ("enterprise", {"principal.is_legal_rep": False}, [("N04", "block", "principal")]),
    (
        "person",
        {**OTHER, "service_principal.is_legal_rep": False},
        [("N05", "block", "differs")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.is_legal_rep": False},
        [("N06", "advice", "service_principal")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.mobile": "13800000001"},
        [("N07", "block", "same_mobile")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.email_equals_principal": True},
        [("N07", "block", "same_email")],
    ),
    (
        "enterprise",
        {"principal.emergency_phone": "+86 138-0000-0001"},
        [("N08", "block", "principal_emergency")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.emergency_phone": "13800000003"},
        [("N08", "block", "service_principal_emergency")],
    ),
    (
        "enterprise",
        {"principal.mobile_used_by_other_subject": True},
        [("N09", "block", "principal_mobile")],
    ),
    (
        "enterprise",
        {"principal.email_used_by_other_subject": True},
        [("N09", "block", "principal_email")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.emergency_used_by_other_subject": True},
        [("N09", "block", "service_principal_emergency")],
    ),
    (
        "enterprise",
        {"principal.mobile_differs_at_own_units": True},
        [("N07", "block", "own_units_mobile")],
    ),
    (
        "enterprise",
        {
            "principal.emergency_differs_at_own_units": True,
            "principal.email_differs_at_own_units": True,
        },
        [("N07", "block", "own_units_email"), ("N07", "block", "own_units_emergency")],
    ),
    ("enterprise", {"principal.id_type": "temporary_id_card"}, [("N10", "block", "mainland")]),
    (
        "enterprise",
        {"principal.residency": "hk", "principal.id_type": "passport"},
        [("N10", "block", "hk")],
    ),
    (
        "enterprise",
        {**OTHER, "service_principal.residency": "foreign"},
        [("N10", "block", "foreign")],
    ),
    ("person", {"subject.doc_type": "passport"}, [("N10", "block", "mainland")]),
    ("enterprise", {"principal.id_expiry": "2026-11-15"}, [("N11", "block", "expired")]),
    ("enterprise", {"principal.id_expiry": "2027-02-15"}, [("N11", "block", "expires_soon")]),
    ("enterprise", {"subject.doc_expiry": "2027-02-15"}, [("N11", "block", "expires_soon")]),
    (
        "enterprise",
        {**OTHER, "service_principal.id_expiry": "2027-02-15"},
        [("N11", "block", "expires_soon")],
    ),
    ("enterprise", {"subject.doc_is_electronic": True}, [("N12", "block", "electronic")]),
    (
        "enterprise",
        {"domain.realname_matches_subject": False},
        [("N13", "block", "differs")],
    ),
    (
        "enterprise",
        {"domain.registrant": "unrelated_person"},
        [("N13", "block", "registrant_refused")],
    ),
    ("enterprise", {"domain.registrant": "legal_rep"}, [("N13", "material", "needs_proof")]),
    ("person", {"domain.registrant": "legal_rep"}, [("N13", "block", "registrant_refused")]),
    ("person", {"domain.realname_matches_subject": False}, [("N13", "block", "differs")]),
    (
        "enterprise",
        {"domain.name": "example.hk", "domain.suffix": "hk"},
        [("N14", "block", "not_allowed")],
    ),
    ("enterprise", {"domain.registrar_domestic": False}, [("N14", "block", "overseas")]),
    ("enterprise", {"domain.expiry": "2026-11-15"}, [("N15", "block", "expired")]),
    ("enterprise", {"domain.expiry": "2027-02-15"}, [("N15", "advice", "expires_soon")]),
    (
        "enterprise",
        {"domain.realname_passed_on": "2026-11-12"},
        [("N16", "advice", "too_recent")],
    ),
    ("enterprise", {"order.max_domains_per_service": 2}, [("N17", "block", "too_many")]),
    ("enterprise", {"domain.resolution_active": True}, [("N18", "block", "not_resolving")]),
    ("enterprise", {"service.name": "示例"}, [("N19", "block", "too_short")]),
    (
        "enterprise",
        {"service.name": "20261116", "subject.name": "20261116有限公司"},
        [("N19", "block", "only_digits")],
    ),
    (
        "enterprise",
        {"service.name": "Shili", "subject.name": "Shili有限公司"},
        [("N19", "block", "only_latin")],
    ),
    (
        "enterprise",
        {"service.name": "shili.com", "subject.name": "shili.com有限公司"},
        [("N19", "block", "domain")],
    ),
    ("enterprise", {"service.name": "示例科技★"}, [("N19", "block", "special_sign")]),
    (
        "enterprise",
        {"service.name": "中国示例科技"},
        [("N19", "block", "word")],
    ),
    ("enterprise", {"service.name": "示例科技反腐"}, [("N19", "block", "word")]),
    ("enterprise", {"service.name": "山间读书笔记"}, [("N19", "advice", "unrelated")]),
    ("person", {"service.name": "笔记"}, [("N20", "block", "too_short")]),
    ("person", {"service.name": "山间读书笔记与四季随想录"}, [("N20", "block", "too_long")]),
    ("person", {"service.name": "ABCDE"}, [("N20", "block", "only_latin")]),
    ("person", {"service.name": "张示例之家园"}, [("N20", "block", "person_name")]),
    ("person", {"service.name": "中华读书笔记"}, [("N20", "block", "word")]),
    ("person", {"service.name": "读书联盟"}, [("N20", "block", "word")]),
    ("person", {"service.name": "读书论坛"}, [("N20", "block", "word")]),
    ("person", {"service.name": "浙江读书笔记"}, [("N20", "block", "word")]),
    (
        "person",
        {"service.content_category": "online_shopping"},
        [("N21", "block", "not_allowed")],
    ),
    ("person", {"service.remark_length": 0}, [("N21", "block", "remark_missing")]),
    (
        "enterprise",
        {"service.pre_approval_ticked": ["culture"]},
        [("N22", "material", "ticked")],
    ),
    *(
        ("enterprise", {"service.pre_approval_ticked": [key]}, [("N22", "advice", "ticked")])
        for key in ("education", "health", "bbs")
    ),
    (
        "enterprise",
        {"service.pre_approval_ticked": ["education", "news"]},
        [("N22", "material", "ticked"), ("N22", "advice", "ticked")],
    ),
    (
        "enterprise",
        {"service.name": "示例科技新闻"},
        [("N22", "material", "service.name")],
    ),
    (
        "enterprise",
        {"subject.name": "示例科技影视有限公司"},
        [("N22", "material", "subject.name")],
    ),
    (
        "enterprise",
        {"subject.business_scope": "药品零售；软件开发"},
        [("N22", "material", "subject.business_scope")],
    ),
    (
        "institution",
        {"domain.name": "a.com", "domain.suffix": "com"},
        [("N23", "block", "not_allowed")],
    ),
    ("enterprise", {"principal.birth_date": "2008-11-17"}, [("N35", "block", "principal")]),
    (
        "enterprise",
        {**OTHER, "service_principal.birth_date": "2008-11-17"},
        [("N35", "block", "service_principal")],
    ),
    (
        "enterprise",
        {"principal.birth_date": "2012-11-17"},
        [("N35", "block", "principal"), ("N35", "block", "principal")],
    ),
    ("person", {"order.existing_services": 5}, [("N28", "block", "too_many")]),
    ("person", {"order.new_services": 2}, [("N28", "advice", "too_many")]),
    ("enterprise", {"order.new_services": 5}, []),
    ("enterprise", {"order.new_services": 6}, [("N28", "advice", "too_many")]),
]

# base, facts at the very edge of a rule, papers: nothing is found
PASSES: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("enterprise", {}, ()),
    ("person", {}, ()),
    ("government", {}, (FORM,)),
    ("institution", {}, ()),
    ("enterprise", OTHER, ()),
    ("enterprise", {"principal.mobile_differs_at_own_units": False}, ()),
    ("person", {"principal.mobile_differs_at_own_units": True}, ()),
    ("person", {"subject.doc_province": "44"}, ("residence_permit",)),
    ("person", {"subject.doc_province": "44"}, ("temporary_residence_permit",)),
    ("enterprise", {**OTHER, "service_principal.is_legal_rep": False}, (LETTER,)),
    ("enterprise", {"principal.residency": "macau", "principal.id_type": "hk_travel_permit"}, ()),
    ("enterprise", {"principal.id_expiry": "2027-02-16"}, ()),
    ("enterprise", {"principal.id_expiry": None}, ()),
    ("enterprise", {"domain.registrant": "shareholder"}, ("relation_proof",)),
    ("enterprise", {"domain.suffix": ".com"}, ()),
    ("enterprise", {"domain.name": "示例.中国", "domain.suffix": "xn--fiqs8s"}, ()),
    ("enterprise", {"domain.expiry": "2027-02-16"}, ()),
    ("enterprise", {"domain.realname_passed_on": "2026-11-11"}, ()),
    ("enterprise", {"domain.resolution_active": True, "domain.filed_before": "2015-01-01"}, ()),
    ("enterprise", {"service.name": "中国示例科技"}, ("national_name_proof",)),
    ("enterprise", {"service.name": "示例科技（中国）"}, ()),
    ("enterprise", {"service.name": "山间读书笔记"}, ("trademark_certificate",)),
    ("enterprise", {"service.pre_approval_ticked": ["none"]}, ()),
    ("enterprise", {"service.pre_approval_ticked": ["culture"]}, ("pre_approval",)),
    ("enterprise", {"service.name": "示例科技新闻"}, ("not_involved_pledge",)),
    ("enterprise", {"subject.name": "示例科技视频会议有限公司"}, ()),
    ("enterprise", {"principal.birth_date": "2008-11-16"}, ()),
    ("person", {"service.content_category": "blog", "service.remark_length": 0}, ()),
    ("person", {"order.existing_services": 4}, ()),
    ("government", {"domain.name": "示例.政务", "domain.suffix": "政务"}, (FORM,)),
    ("institution", {"domain.name": "示例.公益", "domain.suffix": "公益"}, ()),
]


@pytest.mark.parametrize(("base", "changes", "expected"), CASES)
def test_broken_rule_is_found_and_nothing_else(
    base: str, changes: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert outcomes(findings({**BASES[base], **changes})) == expected


@pytest.mark.parametrize("province", provinces())
def test_nobody_is_asked_for_the_very_contact_that_may_not_be_used_again(province: str) -> None:
    """Of a legal representative of two units: the same as at the other one, or another one."""
    used = {
        **dict.fromkeys(OF_PROVINCE, province),
        **{f"principal.{key}_used_by_other_subject": True for key in CONTACTS},
        "principal.other_use_is_same_legal_rep": True,
    }
    differs = {
        **dict.fromkeys(OF_PROVINCE, province),
        **{f"principal.{key}_differs_at_own_units": True for key in CONTACTS},
    }

    refused, asked = (
        {
            each.about
            for each in findings({**BASES["enterprise"], **facts}, province=province, rule_set=None)
        }
        for facts in (used, differs)
    )

    assert not any(
        f"principal_{key}" in refused and f"own_units_{key}" in asked for key in CONTACTS
    )


@pytest.mark.parametrize(("base", "changes", "materials"), PASSES)
def test_order_within_the_rules_meets_no_finding(
    base: str, changes: dict[str, Any], materials: tuple[str, ...]
) -> None:
    assert findings({**BASES[base], **changes}, materials=materials) == []


@pytest.mark.parametrize("order_type", ["access", "change_service", "change_filing"])
@pytest.mark.parametrize(
    ("base", "name", "rule"), [("enterprise", "示例", "N19"), ("person", "读书论坛", "N20")]
)
def test_names_of_websites_on_record_meet_the_same_rules(
    base: str, name: str, rule: str, order_type: str
) -> None:
    found = findings({**BASES[base], "service.name": name}, order_type=order_type)

    assert [one.rule for one in found if one.blocks] == [rule]


def test_government_site_without_the_form_lacks_a_paper() -> None:
    (finding,) = findings(BASES["government"])

    assert (finding.rule, finding.outcome, finding.material, finding.paths) == (
        "N25",
        "material",
        FORM,
        ("materials.gov_site_domain_form",),
    )


def test_government_domain_outside_the_government_suffixes_blocks() -> None:
    changes = {"domain.name": "example.cn", "domain.suffix": "cn"}

    found = findings({**BASES["government"], **changes}, materials=(FORM,))

    assert outcomes(found) == [("N24", "block", "not_allowed")]


@pytest.mark.parametrize(
    ("changes", "materials", "expected"),
    [
        ({"subject.replaced_by_other_subject": True}, (), [("N31", "block", "replaced")]),
        ({"subject.name_changed": True}, (), [("N30", "material", "renamed_paper")]),
        ({"subject.name_changed": True}, ("rename_letter",), []),
        ({"subject.nature_before": "social_organisation"}, (), []),
    ],
)
def test_unit_on_record_is_renamed_with_a_letter_and_never_replaced(
    changes: dict[str, Any], materials: tuple[str, ...], expected: list[tuple[str, str, str]]
) -> None:
    unchanged = {"subject.replaced_by_other_subject": False, "subject.name_changed": False}

    found = findings(
        {**BASES["enterprise"], **unchanged, **changes},
        order_type="change_subject",
        materials=materials,
    )

    assert outcomes(found) == expected


# Where the guides say that an order of the type is taken, and neighbours of which they do not.
MIGRATION = ["12", "13", "21", "22", "31", "32", "33", "34", "35"]
MIGRATION += ["41", "42", "43", "44", "50", "51", "52", "53", "61"]
EMPTY_SUBJECT = ["11", "12", "14", "21", "31", "32", "33", "45", "51", "52", "53"]


@pytest.mark.parametrize("province", provinces())
def test_service_migrates_in_the_listed_provinces_only(province: str) -> None:
    found = findings(BASES["enterprise"], province=province, order_type="migrate")

    expected = [] if province in MIGRATION else [("block", "order_type")]
    assert [(one.outcome, one.about) for one in found if one.rule == "N32"] == expected


@pytest.mark.parametrize("province", sorted({*provinces()} - {*MIGRATION}))
def test_nobody_is_told_to_migrate_where_no_service_migrates(province: str) -> None:
    remedies = [
        text.remedy_zh
        for rule in shipped_rule_set().rules
        if rule.province == province
        for text in rule.row.text.values()
    ]

    assert [remedy for remedy in remedies if "迁移" in remedy] == []


@pytest.mark.parametrize(
    ("base", "changes"), [("person", {}), ("enterprise", {"service_type": "app"})]
)
def test_nothing_migrates_to_a_person_and_no_app_migrates(
    base: str, changes: dict[str, Any]
) -> None:
    found = findings({**BASES[base], **changes}, order_type="migrate")

    assert [(one.outcome, one.about) for one in found if one.rule == "N32"] == [
        ("block", "order_type")
    ]


@pytest.mark.parametrize("order_type", ["add_with_subject", "add_without_subject"])
@pytest.mark.parametrize("province", provinces())
def test_empty_subject_adds_a_service_in_the_listed_provinces_only(
    province: str, order_type: str
) -> None:
    def found(filed: int) -> list[tuple[str, str]]:
        facts = {**BASES["enterprise"], "order.existing_services": filed}
        told = findings(facts, province=province, order_type=order_type)
        return [(one.outcome, one.about) for one in told if one.rule == "N33"]

    assert found(1) == []
    assert found(0) == ([] if province in EMPTY_SUBJECT else [("block", "empty_subject")])


def test_every_national_rule_is_either_evaluated_here_or_says_where_it_is_kept() -> None:
    tested = {rule for _, _, found in CASES for rule, _, _ in found} | {
        "N24",
        "N25",
        "N30",
        "N31",
        "N32",
        "N33",
    }
    elsewhere = {
        rule.row.id
        for rule in shipped_rule_set().rules
        if rule.province is None and rule.row.enforced_by != "rules"
    }
    told_after_filing = {"N34"}
    numbers = {f"N{number:02}" for number in range(1, 37)}

    assert tested | elsewhere | told_after_filing == numbers
    # The pictures of N12 are checked on upload, what N30 forbids to change and the accounts of N32
    # when the order is begun.
    assert tested & elsewhere == {"N12", "N30", "N32"}
