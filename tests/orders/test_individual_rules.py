"""What the rules see of a natural person, and how a province's own rules slot in."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from beian import clock
from orders.apply.order_facts import mobiles_of
from orders.apply.stops import stops_of, upload_refusal
from orders.assessment import assess, said_once
from orders.dossier import diff, said_at, settle
from orders.dossier.index import index_columns
from orders.facts import order_facts, service_facts
from orders.field_labels import label_of
from orders.materials import ALL_IDS, SUBJECT_DOCUMENT, basic_needs, given_materials
from orders.reasons import reasons, reasons_for
from orders.register_lookup import RegisterView
from orders.required import missing_fields
from rules.finding import Finding, each_once, for_applicant
from rules.loader import DATA, load_rule_set
from rules.overlay import Layered
from tests.builders import (
    OTHER_ID_NUMBER,
    OTHER_MOBILE,
    PERSON,
    client_of,
    make_applicant,
    personal_dossier,
)
from tests.orders.ready_order import ready_personal_order, started_order
from tests.rules.rule_files import rule, write_rules

# Corrections of phone areas are a setting.
pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
ELSEWHERE = "江苏省南京市玄武区样例街8号"


def facts_of(dossier):
    return {**order_facts(dossier, NOTHING_KNOWN), **service_facts(dossier, 0, NOTHING_KNOWN)}


def messages(order) -> list[str]:
    return [finding.message["zh"] for finding in for_applicant(assess(order).findings)]


@pytest.fixture
def provincial(monkeypatch, tmp_path):
    """Let Zhejiang have rules of its own, as a file of data would."""

    def put(*rows: str) -> None:
        national = (DATA / "national.toml").read_text(encoding="utf-8")
        folder = write_rules(tmp_path, national, {"33-zhejiang": list(rows)})
        rule_set = load_rule_set(folder)
        in_force = "orders.rulebook.in_force.layered_with"
        monkeypatch.setattr(in_force, lambda _stamps: Layered(rule_set))

    return put


def test_facts_of_a_natural_person():
    facts = facts_of(personal_dossier())

    person = {name: facts[name] for name in facts if name.startswith("principal.")}
    assert person["principal.residency"] == "mainland"
    assert person["principal.id_type"] == facts["subject.doc_type"] == "id_card"
    assert person["principal.id_province"] == facts["subject.doc_province"] == "33"
    assert person["principal.birth_date"] == date(1990, 3, 7)
    assert person["principal.id_expiry"] == facts["subject.doc_expiry"]
    assert facts["service_principal.same_as_principal"] is True
    assert facts["service_principal.mobile"] == OTHER_MOBILE
    assert facts["service.remark_has_personal_declaration"] is True
    assert "principal.is_legal_rep" not in facts
    assert "legal_rep.residency" not in facts


def test_remark_without_the_declaration_is_seen():
    dossier = personal_dossier(**{"services[0].remarks": "读书笔记"})

    assert facts_of(dossier)["service.remark_has_personal_declaration"] is False


def test_birth_date_is_what_the_person_says_where_the_number_is_silent():
    permit = {"subject.cert_type": "tw_travel_permit", "subject.cert_number": "12345678"}
    dossier = personal_dossier(**permit)
    assert "subject.principal.birth_date" in missing_fields(dossier)

    dossier.subject.principal.birth_date = date(1980, 2, 29)

    assert "subject.principal.birth_date" not in missing_fields(dossier)
    assert facts_of(dossier)["principal.birth_date"] == date(1980, 2, 29)


def test_certificate_without_an_address_wants_none():
    passport = {"subject.cert_type": "passport", "subject.cert_address": ""}

    assert "subject.cert_address" not in missing_fields(personal_dossier(**passport))
    assert "subject.cert_address" in missing_fields(
        personal_dossier(**{"subject.cert_address": ""})
    )


def test_identity_is_copied_to_the_principals_and_differs_in_one_place():
    before = personal_dossier()
    after = before.model_copy(deep=True)
    after.subject.name = "周样例"
    settle(after)

    assert after.service_principal(0).full_name == "周样例"
    assert [change.path for change in diff(before, after)] == ["subject.name"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("subject.principal.cert_number", "subject.cert_number"),
        ("services[0].principal.valid_to", "subject.cert_valid_to"),
        ("services[0].principal.mobile", "subject.principal.mobile"),
        ("services[0].name", "services[0].name"),
    ],
)
def test_everything_about_the_person_is_said_in_one_place(path, said):
    assert said_at(path, personal_dossier()) == said


def test_plain_columns_hold_the_masked_name_only():
    columns = index_columns(personal_dossier())

    assert PERSON not in str(columns)
    assert OTHER_ID_NUMBER not in str(columns)
    assert columns["subject_name"] == "周*"


def test_papers_of_a_natural_person_are_both_sides_of_the_id():
    dossier = personal_dossier()
    assert [need.key for need in basic_needs(dossier)] == [
        "principal_id_front",
        "principal_id_back",
    ]

    dossier.materials = {need.key: [str(uuid.uuid4())] for need in basic_needs(dossier)}

    assert {ALL_IDS, SUBJECT_DOCUMENT} <= given_materials(dossier)


def test_passport_needs_its_data_page_only():
    dossier = personal_dossier(**{"subject.cert_type": "passport"})

    assert [need.key for need in basic_needs(dossier)] == ["principal_id_front"]


def test_passport_somebody_files_with_is_not_asked_for_twice():
    dossier = personal_dossier(**{"subject.cert_type": "passport"})

    assert "passport" in given_materials(dossier)
    assert "passport" not in given_materials(personal_dossier())


def test_labels_are_those_of_a_person():
    assert label_of("subject.name", "personal") == "姓名"
    assert label_of("materials.principal_id_front", "personal") == "身份证件正面"
    assert label_of("subject.name", "enterprise") == "主办单位名称"


@pytest.mark.django_db
def test_reasons_for_units_are_not_offered_for_a_person():
    offered = [reason.code for reason in reasons_for("subject.cert_number", "personal")]
    text, _example = reasons()["R-NAME"].words_for("personal")

    assert "R-LEGAL" not in offered
    assert "单位" not in text
    assert reasons()["R-NAME"].words_for("enterprise")[0] == reasons()["R-NAME"].text["zh"]


@pytest.mark.django_db
def test_ready_order_of_a_person_has_no_finding_but_those_for_reviewers():
    shown = [item for item in assess(ready_personal_order()).findings if item.audience == "all"]

    assert shown == []


@pytest.mark.django_db
def test_two_rules_about_one_card_are_said_once_in_the_words_of_a_person():
    order = ready_personal_order(**{"subject.cert_valid_to": date(2020, 1, 1)})

    said = [message for message in messages(order) if "过期" in message]

    assert said == ["您的证件已经过期。"]
    assert "主办单位" not in "".join(messages(order))


@pytest.mark.django_db
def test_the_same_defect_of_two_websites_is_shown_beside_both(provincial):
    provincial()
    order = ready_personal_order(**{"services[0].name": "abc"})
    order.dossier.services.append(order.dossier.services[0].model_copy(deep=True))

    places = [f.paths for f in assess(order).findings if f.rule == "N20" and f.blocks]

    assert ("services[0].name",) in places
    assert ("services[1].name",) in places


def a_finding(rule_id: str, outcome: str, confidence: str, audience: str = "all") -> Finding:
    words = {"zh": "证件已过期。", "en": "Expired."}
    return Finding(
        rule=rule_id,
        kind="document_min_validity",
        outcome=outcome,
        about="expired",
        message=words,
        remedy=words,
        source={"title": "示例来源", "retrieved": "2026-11-16"},
        paths=("subject.cert_valid_to",),
        confidence=confidence,
        audience=audience,
    )


def test_of_two_that_say_alike_the_gravest_and_surest_is_kept():
    found = [
        a_finding("33-01", "advice", "high"),
        a_finding("33-02", "block", "medium"),
        a_finding("N11", "block", "high"),
    ]

    (said,) = said_once(found, personal_dossier())

    assert (said.rule, said.outcome, said.confidence) == ("N11", "block", "high")


def test_what_only_reviewers_read_does_not_take_the_place_of_what_the_applicant_is_told():
    found = [
        a_finding("33-01", "advice", "medium"),
        a_finding("33-02", "advice", "high", "reviewer"),
    ]

    told = [(said.rule, said.audience) for said in said_once(found, personal_dossier())]

    assert told == [("33-01", "all"), ("33-02", "reviewer")]


def test_one_rule_may_tell_reviewers_and_applicants_alike():
    found = [
        a_finding("33-01", "advice", "medium"),
        a_finding("33-01", "advice", "high", "reviewer"),
    ]

    assert [said.audience for said in each_once(found)] == ["all", "reviewer"]


@pytest.mark.django_db
def test_persons_phone_is_named_once():
    assert mobiles_of(ready_personal_order()) == ["159******06"]


@pytest.mark.django_db
def test_id_from_elsewhere_is_advice_where_the_province_says_nothing(provincial):
    provincial()
    order = ready_personal_order(**{"subject.cert_address": ELSEWHERE})

    assert stops_of(order) == []
    assert "您的身份证件不属于所选的备案省份，管局可能要求证明您在当地居住。" in messages(order)


@pytest.mark.django_db
def test_province_that_takes_no_id_from_elsewhere_ends_the_filing_before_any_picture(provincial):
    params = '{ area_facts = ["subject.doc_province", "principal.id_province"] }'
    provincial(rule("33-01", kind="id_locality", who='["P"]', params=params))
    applicant = make_applicant(phone=OTHER_MOBILE)
    order = ready_personal_order(applicant, **{"subject.cert_address": ELSEWHERE})

    assert [finding.rule for finding in stops_of(order)] == ["33-01"]
    assert upload_refusal(order) is not None
    page = client_of(applicant.user).get(reverse("orders:not-possible", args=[order.pk]))
    assert "放弃本订单" in page.text
    assert reverse("orders:step", args=[order.pk, "subject"]) in page.text


@pytest.mark.django_db
def test_province_that_demands_a_residence_permit_makes_it_a_paper_of_the_order(provincial):
    params = '{ area_facts = ["subject.doc_province"], any_of = ["residence_permit"] }'
    provincial(rule("33-01", kind="id_locality", who='["P"]', outcome="material", params=params))
    order = ready_personal_order(**{"subject.cert_address": ELSEWHERE})

    assert stops_of(order) == []
    assert [need.key for need in assess(order).needs] == ["residence_permit"]


@pytest.mark.django_db
def test_province_may_accept_younger_applicants(provincial):
    young = {"subject.cert_type": "passport", "subject.cert_number": "E12345678"}
    order = ready_personal_order(**young)
    today = clock.today()
    order.dossier.subject.principal.birth_date = date(today.year - 17, today.month, 1)
    assert [finding.kind for finding in stops_of(order)] == ["min_age"]

    provincial(rule("33-02", kind="min_age", who='["P"]', params="{ years = 16 }"))
    order.__dict__.pop("_assessment")

    assert stops_of(order) == []


@pytest.mark.django_db
def test_new_order_of_a_person_begins_with_the_id_card():
    dossier = started_order(nature="personal").dossier

    assert dossier.subject.cert_type == "id_card"
    assert dossier.services[0].principal.same_as_subject_principal is True
