"""What a licence shows beside its code is asked where a rule looks at it."""

import pytest
from django.urls import reverse
from django.utils import translation

from orders.apply.summary import Summary
from orders.asked import asked_of, seals_of
from orders.assessment import assess
from orders.bureau.records import _subject
from orders.desk.case_rows import table_of
from orders.dossier import NO_NUMBER, OTHER_SEAL, SubjectPart
from orders.enums import OrderState
from orders.facts import order_facts
from orders.field_values import value_text
from orders.models import FilingOrder
from orders.register_lookup import RegisterView
from tests.builders import CREDIT_CODE, client_of, filled_dossier, make_applicant, make_order
from tests.orders.nature_samples import credit_code
from tests.orders.ready_order import ready_order
from tests.orders.test_wizard_walk import SUBJECT, send

pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
SEAL = "海南省市场监督管理局商事登记专用章"
NUMBER_AT, SEAL_AT = "subject.licence_number", "subject.licence_seal"
IN_HAINAN = {
    "subject.province": "46",
    "subject.cert_address": "海南省海口市龙华区示范路100号3幢401室",
    "subject.contact_region": "4601",
    "subject.contact_address": "龙华区示范路100号3幢401室",
}
LICENCE = {**SUBJECT, "cert_address": IN_HAINAN["subject.cert_address"]}


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def asked_in(province: str, nature: str = "enterprise", **marks) -> tuple[str, ...]:
    return asked_of(SubjectPart(province=province, nature=nature, **marks), "first", "website")


def abouts() -> list[str]:
    found = assess(FilingOrder.objects.get()).findings
    return [finding.about for finding in found if finding.rule == "46-03"]


def page_of(client, order) -> str:
    return client.get(reverse("orders:step", args=[order.pk, "subject"])).text


@pytest.mark.parametrize(
    ("province", "nature", "asked"),
    [
        ("46", "enterprise", (NUMBER_AT, SEAL_AT)),
        ("31", "enterprise", (NUMBER_AT,)),
        ("33", "enterprise", ()),
        ("41", "enterprise", ()),
        ("46", "public_institution", ()),
        ("46", "personal", ()),
    ],
)
def test_only_rules_of_the_province_and_nature_ask(province, nature, asked):
    assert asked_in(province, nature) == asked


def test_sole_proprietor_is_asked_what_every_enterprise_is_asked_too():
    asked = asked_in("46", is_sole_proprietor=True)

    assert asked == ("subject.has_trade_name", "subject.has_seal", NUMBER_AT, SEAL_AT)


def test_seal_is_not_asked_for_where_no_rule_names_it():
    assert seals_of(SubjectPart(province="46", nature="enterprise"), "first", "website") == (SEAL,)
    assert seals_of(SubjectPart(province="33", nature="enterprise"), "first", "website") == ()


def test_licence_as_the_province_wants_it_passes(applicant, client):
    order = ready_order(applicant, **IN_HAINAN)
    assert set(assess(order).missing) == {NUMBER_AT, SEAL_AT}
    assert page_of(client, order).count(SEAL) >= 1

    send(client, order, "subject", **LICENCE, licence_number="琼 000000001", licence_seal=SEAL)

    order = FilingOrder.objects.get()
    facts = order_facts(order.dossier, NOTHING_KNOWN)
    assert (facts[NUMBER_AT], facts[SEAL_AT]) == ("琼 000000001", SEAL)
    assert abouts() == []


def test_other_seal_and_no_number_are_found_beside_their_questions(applicant, client):
    order = ready_order(applicant, **IN_HAINAN)

    send(client, order, "subject", **LICENCE, licence_number="没有", licence_seal=OTHER_SEAL)

    order = FilingOrder.objects.get()
    assert order.dossier.subject.licence_number == NO_NUMBER
    assert sorted(abouts()) == ["licence_seal", "number_prefix"]
    form = client.get(reverse("orders:step", args=[order.pk, "subject"])).context["form"]
    assert f"营业执照上不是{SEAL}。" in form.errors["licence_seal"][0]
    assert "不以“琼”开头" in form.errors["licence_number"][0]
    rows = {row.label: row.value for section in Summary(order).sections() for row in section.rows}
    assert (rows["证照编号"], rows["执照上登记机关的印章"]) == ("无", "其他印章")


def test_credit_code_is_no_number_of_the_licence(applicant, client):
    order = ready_order(applicant, **IN_HAINAN)

    page = send(client, order, "subject", **LICENCE, licence_number=CREDIT_CODE, licence_seal=SEAL)

    assert "证照编号不是统一社会信用代码；执照上没有证照编号的，请填写“无”" in page.text
    assert FilingOrder.objects.get().dossier.subject.licence_number is None


def test_question_without_an_answer_names_the_field(applicant, client):
    order = ready_order(applicant, **IN_HAINAN)

    page = send(client, order, "subject", **LICENCE)

    assert "请填写证照编号" in page.text
    assert "请选择执照上登记机关的印章" in page.text


def test_answers_of_another_province_are_dropped(applicant, client):
    order = ready_order(applicant, **{NUMBER_AT: "琼1", SEAL_AT: SEAL})

    send(client, order, "subject", **SUBJECT)

    subject = FilingOrder.objects.get().dossier.subject
    assert (subject.licence_number, subject.licence_seal) == (None, None)


def test_reviewer_reads_the_answers_and_the_bureau_gets_none(applicant):
    dossier = filled_dossier(**IN_HAINAN, **{NUMBER_AT: NO_NUMBER, SEAL_AT: SEAL})
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, dossier=dossier)

    table = table_of(order.submissions.get(), [])

    rows = {row.path: row.value for group in table.groups for row in group.rows}
    assert (rows[NUMBER_AT], rows[SEAL_AT]) == ("无", SEAL)
    assert not {"licence_number", "licence_seal"} & set(_subject(order.dossier))


def test_answers_in_english():
    with translation.override("en"):
        assert value_text(NUMBER_AT, NO_NUMBER, "enterprise") == "None"
        assert value_text(SEAL_AT, OTHER_SEAL, "enterprise") == "Another seal"


def test_questions_are_open_where_they_have_no_answer_yet(applicant, client):
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]}
    order = ready_order(applicant, columns=columns, **IN_HAINAN)

    send(client, order, "subject", licence_number="琼000000001", licence_seal=SEAL)

    subject = FilingOrder.objects.get().dossier.subject
    assert (subject.licence_number, subject.licence_seal) == ("琼000000001", SEAL)


@pytest.mark.parametrize(
    ("changes", "merged"),
    [
        ({}, True),
        ({"subject.cert_number": credit_code("92")}, True),
        # The old licence's number, which the field refuses today.
        ({"subject.cert_number": "110108000000016"}, False),
        ({"subject.cert_number": "91330102MA0000001D"}, None),
        ({"subject.cert_type": "military_unit_code"}, None),
    ],
)
def test_number_of_the_licence_tells_whether_it_is_the_merged_one(changes, merged):
    facts = order_facts(filled_dossier(**changes), NOTHING_KNOWN)

    assert facts.get("subject.licence_is_merged") is merged
