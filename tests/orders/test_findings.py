"""Findings of a draft: gaps, unproved contacts, clashes with the register, what rules say."""

import pytest

from beian.models import Resource
from orders.assessment import assess
from orders.findings import blocking_findings, findings_of, shown_findings
from orders.materials import page_needs
from orders.wizard import unfinished_steps
from tests.builders import OTHER_ID_NUMBER, OTHER_MOBILE, make_applicant
from tests.orders.ready_order import ready_order, started_order
from tests.orders.test_register_facts import register_subject

pytestmark = pytest.mark.django_db

OTHER_PERSON = {
    "services[0].principal.same_as_subject_principal": False,
    "services[0].principal.full_name": "周样本",
    "services[0].principal.cert_type": "id_card",
    "services[0].principal.cert_number": OTHER_ID_NUMBER,
    "services[0].principal.mobile": OTHER_MOBILE,
}


def sentences(findings) -> list[str]:
    return [finding.message["zh"] for finding in findings]


def test_complete_draft_has_no_block():
    order = ready_order()

    assert sentences(blocking_findings(order)) == []
    assert unfinished_steps(order) == []


def test_new_draft_names_each_unfinished_page_once():
    gaps = [finding for finding in findings_of(started_order()) if finding.rule == "portal"]

    assert [finding.about for finding in sorted(gaps, key=lambda item: item.about)] == [
        "materials",
        "resource",
        "service-principal",
        "subject",
        "subject-principal",
        "website",
    ]


def test_gap_names_the_fields_in_both_languages():
    order = ready_order(**{"services[0].name": "", "services[0].languages": []})

    (gap,) = blocking_findings(order)

    assert gap.message["zh"] == "“网站信息”还没有填完：网站名称、网站语言。"
    assert set(gap.message) == set(gap.remedy) == {"zh", "en"}
    assert gap.paths == ("services[0].name", "services[0].languages")
    assert gap.source["retrieved"]


def test_contact_that_answered_no_code_is_unfinished():
    order = ready_order(**{"subject.principal.mobile": "13900000009"})

    assert assess(order).unproved == ("subject.principal.mobile",)
    assert [step.key for step in unfinished_steps(order)] == ["subject-principal"]
    assert "主体负责人的手机号还没有用验证码确认。" in sentences(blocking_findings(order))


def test_rule_about_two_fields_is_found_beside_the_first():
    order = ready_order(**{"subject.principal.emergency_phone": "13800000034"})

    (finding,) = blocking_findings(order)

    assert finding.rule == "N08"
    assert finding.paths[0] == "subject.principal.emergency_phone"


def test_domain_on_record_blocks_a_first_filing():
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile="13900000000", domain="shili-keji.com")

    assert "域名 shili-keji.com 已经备案，不能再办理首次备案。" in sentences(
        blocking_findings(ready_order())
    )


def test_every_domain_of_a_service_is_looked_up_in_the_register():
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(other.account, mobile="13900000000", domain="shili-keji.com")
    order = ready_order(**{"services[0].domains": ["yangli-xin.com", "shili-keji.com"]})

    on_record = [f.paths for f in blocking_findings(order) if f.kind == "domain_on_record"]

    assert on_record == [("services[0].domains[1]",)]


def test_certificate_on_record_blocks_a_first_filing():
    other = make_applicant(phone="13800000035", account_name="样例商贸")
    register_subject(
        other.account, mobile="13900000000", domain="yangli.com", number="91330102MA0000001C"
    )

    assert "此证件已有备案主体，不能再办理首次备案。" in sentences(blocking_findings(ready_order()))


def test_resource_that_expired_meanwhile_blocks():
    order = ready_order()
    Resource.objects.update(is_prepaid=False)

    assert [finding.about for finding in blocking_findings(order)] == ["resource_refused"]


def test_unknown_facts_are_advice_for_reviewers_only():
    order = ready_order()

    hidden = [item for item in findings_of(order) if item not in shown_findings(order)]

    assert {item.outcome for item in hidden} == {"advice"}
    assert any("domain.expiry" in item.unknown for item in hidden)


def test_second_person_brings_pictures_of_his_own():
    order = ready_order(**OTHER_PERSON)

    keys = [need.key for need in assess(order).needs]

    assert keys == ["service_principal_id_front", "service_principal_id_back"]


def test_passport_has_one_page():
    order = ready_order(
        **{**OTHER_PERSON, "services[0].principal.cert_type": "passport"},
    )

    assert [need.key for need in assess(order).needs] == ["service_principal_id_front"]


def test_paper_a_rule_asks_for_joins_the_page_and_one_of_its_equals_is_enough():
    order = ready_order(**{"services[0].pre_approvals": ["culture"]})

    (need,) = assess(order).needs
    assert need.why is not None
    offered = {item.key for item in page_needs(order.dossier, assess(order).findings)}
    assert {need.key, *need.any_of} <= offered

    dossier = order.dossier.model_copy(deep=True)
    dossier.materials[need.any_of[-1]] = ["00000000-0000-0000-0000-000000000009"]
    order.put_dossier(dossier)
    assert assess(order).needs == ()


def test_paper_that_only_helps_is_offered_without_being_missing():
    order = ready_order(**{"services[0].name": "星辰之家官方站"})

    advice = [finding for finding in shown_findings(order) if finding.outcome == "advice"]

    assert [finding.material for finding in advice] == ["trademark_certificate"]
    offered = {need.key: need for need in page_needs(order.dossier, assess(order).findings)}
    assert not offered["trademark_certificate"].is_required
    assert unfinished_steps(order) == []


def test_assessment_is_made_once_per_content(django_assert_num_queries):
    order = ready_order()
    assess(order)

    with django_assert_num_queries(0):
        findings_of(order)
        unfinished_steps(order)
        blocking_findings(order)


@pytest.mark.parametrize("changes", [{}, OTHER_PERSON])
def test_assessment_costs_the_same_with_one_and_two_persons(changes, django_assert_max_num_queries):
    order = ready_order(**changes)

    with django_assert_max_num_queries(8):
        assess(order)
