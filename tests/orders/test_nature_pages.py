"""Words, formats and questions that depend on who files and with which certificate."""

import pytest
from django.urls import reverse

from orders.apply.summary import Summary
from orders.asked import asked_of
from orders.bureau.records import _subject
from orders.certificates import residency_of
from orders.desk.case_rows import table_of
from orders.dossier import SubjectPart, get_value
from orders.enums import OrderState
from orders.evidence.form import form_of
from orders.facts import order_facts
from orders.materials import basic_needs
from orders.models import FilingOrder
from orders.register_lookup import RegisterView
from rules.enumerations import certificate_types
from rules.enumerations.loader import read_list
from tests.builders import client_of, filled_dossier, make_applicant, make_order
from tests.orders.nature_samples import (
    WRONG_NUMBERS,
    credit_code,
    personal_samples,
    residence_number,
    unit_samples,
)
from tests.orders.ready_order import ready_order, started_order
from tests.orders.test_individual_walk import IDENTITY
from tests.orders.test_wizard_walk import PRINCIPAL, SUBJECT, send

pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
OFFICE = "foreign_representative_registration"
LEGACY = [(row.more["nature"], row.key) for row in read_list("certificates") if not row.active]


@pytest.fixture
def applicant():
    return make_applicant()


def page_of(applicant, order, key="subject") -> str:
    return client_of(applicant.user).get(reverse("orders:step", args=[order.pk, key])).text


@pytest.mark.parametrize("sample", unit_samples(), ids=str)
def test_wrong_number_of_a_unit_is_refused_with_what_it_should_look_like(applicant, sample):
    order = started_order(applicant, nature=sample.nature)
    wrong = WRONG_NUMBERS[str(sample.kind.more["format"])]
    shape = {
        "credit_code": "统一社会信用代码的校验位不符",
        "free_text": "请照证件填写编号，至少有一个汉字、字母或数字，不超过 50 个字",
    }

    data = {**SUBJECT, "cert_type": sample.kind.key, "cert_number": wrong}
    page = send(client_of(applicant.user), order, "subject", **data)

    assert shape[str(sample.kind.more["format"])] in page.text
    assert FilingOrder.objects.get().dossier.subject.cert_number == ""


@pytest.mark.parametrize("sample", personal_samples(), ids=str)
def test_wrong_number_of_a_person_is_refused_with_what_it_should_look_like(applicant, sample):
    order = started_order(applicant, nature="personal")
    number_format = str(sample.kind.more["format"])
    shape = {
        "id_card": "身份证号码的校验位不符",
        "passport": "护照号码应为 5 至 17 位字母和数字",
        "hk_macau_permit": "应为字母 H 或 M 加 8 位数字",
        "taiwan_permit": "台湾居民来往大陆通行证号码应为 8 位数字",
        "residence_permit": "应为 18 位，且以 81、82 或 83 开头",
        "permanent_residence": "应为 3 位字母加 12 位数字，或以 9 开头的 18 位号码",
    }

    data = {**IDENTITY, "cert_type": sample.kind.key, "cert_number": WRONG_NUMBERS[number_format]}
    page = send(client_of(applicant.user), order, "subject", **data)

    assert shape[number_format] in page.text
    assert FilingOrder.objects.get().dossier.subject.cert_number == ""


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("110108000000016", "这是旧版营业执照的 15 位注册号，不能用于新的备案"),
        ("000000000", "这是 9 位组织机构代码，不能用于新的备案"),
    ],
)
def test_number_of_the_old_kind_opens_no_new_filing(applicant, number, error):
    order = started_order(applicant)

    page = send(client_of(applicant.user), order, "subject", **{**SUBJECT, "cert_number": number})

    assert error in page.text
    assert "换发" in page.text
    assert FilingOrder.objects.get().dossier.subject.cert_number == ""


def test_number_of_a_first_generation_card_is_refused_with_the_remedy(applicant):
    order = started_order(applicant, nature="personal")
    old = {**IDENTITY, "cert_number": "330102900307002"}

    page = send(client_of(applicant.user), order, "subject", **old)

    assert "第一代 15 位身份证号码已停止使用，请填写第二代居民身份证上的 18 位号码" in page.text


@pytest.mark.parametrize(("nature", "kind"), LEGACY)
def test_organisation_code_is_not_offered_and_refused_with_the_remedy(applicant, nature, kind):
    order = started_order(applicant, nature=nature)

    assert kind not in {row.key for row in certificate_types(nature)}
    assert f'value="{kind}"' not in page_of(applicant, order)
    page = send(client_of(applicant.user), order, "subject", **{**SUBJECT, "cert_type": kind})

    assert "组织机构代码证不能用于新的备案，请换领载有统一社会信用代码的证件" in page.text


@pytest.mark.parametrize(
    ("nature", "words"),
    [
        ("enterprise", ["与营业执照上的名称完全一致", "营业执照上的统一社会信用代码，18 位"]),
        ("public_institution", ["与事业单位法人证书上的名称完全一致"]),
        ("medical_institution", ["医疗机构执业许可证上的编号，汉字、字母和括号也照原样填写"]),
        ("law_practice", ["律师事务所执业许可证上没有截止日期的"]),
    ],
)
def test_page_of_a_unit_speaks_of_its_own_certificate(applicant, nature, words):
    order = started_order(applicant, nature=nature)

    page = page_of(applicant, order)

    assert [word for word in words if word not in page] == []
    assert nature == "enterprise" or "营业执照" not in page


def test_words_follow_the_certificate_that_is_chosen(applicant):
    order = started_order(applicant)
    client = client_of(applicant.user)

    page = send(client, order, "subject", cert_type=OFFICE)

    assert "与外国企业常驻代表机构登记证上的名称完全一致" in page.text
    principal = page_of(applicant, order, "subject-principal")
    assert "是否为首席代表" in principal
    assert "是，与外国企业常驻代表机构登记证上的首席代表一致" in principal
    [need, *_ids] = basic_needs(FilingOrder.objects.get().dossier)
    assert "拍摄外国企业常驻代表机构登记证原件" in str(need.hint)


def test_english_page_speaks_of_the_own_certificate(applicant):
    order = started_order(applicant, nature="foundation")
    client = client_of(applicant.user)
    client.cookies["django_language"] = "en"

    page = client.get(reverse("orders:step", args=[order.pk, "subject"])).text

    assert "Exactly as on the foundation legal person certificate" in page


def test_sole_proprietor_is_asked_for_trade_name_and_seal(applicant):
    order = started_order(applicant, nature="sole_proprietor")
    client = client_of(applicant.user)
    licence = {**SUBJECT, "cert_number": credit_code("92")}

    page = send(client, order, "subject", **licence)
    assert "请选择营业执照上是否有字号" in page.text
    assert "请选择是否有公章" in page.text
    send(client, order, "subject", **licence, has_trade_name="no", has_seal="yes")

    facts = order_facts(FilingOrder.objects.get().dossier, NOTHING_KNOWN)
    assert facts["subject.nature"] == "sole_proprietor"
    assert facts["subject.has_trade_name"] is False
    assert facts["subject.has_seal"] is True


def test_number_of_a_sole_proprietor_brings_the_questions_to_an_enterprise(applicant):
    order = started_order(applicant)
    client = client_of(applicant.user)

    page = send(client, order, "subject", **{**SUBJECT, "cert_number": credit_code("92")})

    assert "请选择营业执照上是否有字号" in page.text
    assert FilingOrder.objects.get().dossier.subject.is_sole_proprietor


def test_number_of_a_company_takes_mark_and_answers_away(applicant):
    order = started_order(applicant, nature="sole_proprietor")
    client = client_of(applicant.user)
    licence = {**SUBJECT, "cert_number": credit_code("92")}
    send(client, order, "subject", **licence, has_trade_name="no", has_seal="no")

    answer = send(client, order, "subject", **SUBJECT, has_trade_name="no", has_seal="no")

    assert answer.status_code == 302
    subject = FilingOrder.objects.get().dossier.subject
    answers = (subject.is_sole_proprietor, subject.has_trade_name, subject.has_seal)
    assert answers == (False, None, None)


def test_other_units_are_asked_only_what_a_rule_looks_at(monkeypatch):
    subject = SubjectPart(province="33", nature="enterprise")
    assert asked_of(subject, "first", "website") == ()

    class Seal:
        def reads(self):
            return ("subject.has_seal",)

    class Rules:
        def plan(self, _frame, _day):
            return type("Plan", (), {"order": [type("Rule", (), {"kind": Seal()})], "service": []})

    monkeypatch.setattr("orders.asked.rules_in_force", Rules)

    assert asked_of(subject, "first", "website") == ("subject.has_seal",)
    assert asked_of(SubjectPart(province="33", nature="personal"), "first", "website") == ()


@pytest.mark.parametrize(
    ("kind", "number", "residency"),
    [
        ("id_card", "330102199003070027", "mainland"),
        ("hk_travel_permit", "H12345678", "hk"),
        ("hk_travel_permit", "M12345678", "macau"),
        ("hk_travel_permit", "A12345678", None),
        ("hk_macau_residence_permit", residence_number("81"), "hk"),
        ("hk_macau_residence_permit", residence_number("82"), "macau"),
        ("hk_macau_residence_permit", residence_number("83"), None),
        ("tw_residence_permit", residence_number("83"), "tw"),
        ("passport", "E12345678", "foreign"),
        ("", "", None),
    ],
)
def test_certificate_tells_whose_it_is(kind, number, residency):
    assert residency_of(kind, number) == residency


OFFICE_OF_A_FOREIGNER = {
    "subject.cert_type": OFFICE,
    "subject.principal.cert_type": "passport",
    "subject.principal.cert_number": "E12345678",
}


def test_missing_birth_date_keeps_a_unit_from_submitting():
    order = ready_order(**OFFICE_OF_A_FOREIGNER)

    summary = Summary(order)

    rows = {row.label: row for section in summary.sections() for row in section.rows}
    assert rows["出生日期"].value == ""
    assert "subject.principal.birth_date" in summary.assessment.missing
    assert any("（首席代表）" in row.value for row in rows.values())
    assert "外国企业常驻代表机构登记证" in rows


def test_desk_evidence_and_bureau_call_the_certificate_by_its_name(applicant):
    order = make_order(
        applicant,
        state=OrderState.INITIAL_REVIEW,
        dossier=filled_dossier(
            **OFFICE_OF_A_FOREIGNER,
            **{"subject.principal.birth_date": "1985-01-01", "materials.subject_doc_image": ["a"]},
        ),
    )

    table = table_of(order.submissions.get(), [])
    rows = {row.path: row for group in table.groups for row in group.rows}

    assert rows["subject.cert_type"].value == "外国企业常驻代表机构登记证"
    assert rows["materials.subject_doc_image"].label == "外国企业常驻代表机构登记证"
    assert rows["subject.principal.birth_date"].value == "1985-**-**"
    assert rows["subject.principal.is_legal_representative"].label == "是否为首席代表"
    labels = {row["path"]: row["label"] for row in form_of(order.dossier)}
    assert labels["materials.subject_doc_image"] == "外国企业常驻代表机构登记证"
    record = _subject(order.dossier)
    assert (record["nature_code"], record["cert_type_code"]) == ("4", "27")
    assert record["principal"]["cert_type_code"] == "7"
    assert "has_seal" not in record


def test_desk_tells_the_answers_of_a_sole_proprietor_also_where_they_are_no(applicant):
    changes = {"subject.cert_number": credit_code("92"), "subject.has_trade_name": False}
    order = make_order(
        applicant, state=OrderState.INITIAL_REVIEW, dossier=filled_dossier(**changes)
    )

    table = table_of(order.submissions.get(), [])

    rows = {row.path: row.value for group in table.groups for row in group.rows}
    assert rows["subject.is_sole_proprietor"] == "是"
    assert rows["subject.has_trade_name"] == "否"
    assert "subject.has_seal" not in rows


def test_birth_date_and_questions_are_open_where_they_have_no_answer_yet(applicant):
    order = make_order(
        applicant,
        state=OrderState.NEEDS_SUPPLEMENT,
        dossier=filled_dossier(
            **OFFICE_OF_A_FOREIGNER, **{"subject.cert_number": credit_code("92")}
        ),
        open_paths=["services[0].name"],
    )
    client = client_of(applicant.user)
    born = {"birth_date_year": "1985", "birth_date_month": "1", "birth_date_day": "1"}

    send(client, order, "subject", has_trade_name="yes", has_seal="yes")
    send(client, order, "subject-principal", **PRINCIPAL, **born)

    dossier = FilingOrder.objects.get().dossier
    assert dossier.subject.has_trade_name is True
    assert str(get_value(dossier, "subject.principal.birth_date")) == "1985-01-01"
    # It can still be corrected, and nothing else has opened.
    send(client, order, "subject", has_trade_name="no", has_seal="yes", name="别的名称")
    subject = FilingOrder.objects.get().dossier.subject
    assert subject.has_trade_name is False
    assert subject.name == filled_dossier().subject.name
