"""A legal representative who sends somebody else: rules want to know where they are at home."""

import pytest
from django.urls import reverse
from django.utils import translation

from beian import clock
from orders.apply.editing import closed_reason
from orders.apply.role_options import delegate_refusal
from orders.apply.summary import Summary
from orders.asked import asked_of_head
from orders.assessment import assess
from orders.bureau.records import first_filing
from orders.desk.case_rows import table_of
from orders.dossier import from_bytes, get_value, to_bytes
from orders.enums import OrderState
from orders.facts import order_facts
from orders.field_labels import label_of
from orders.field_values import value_text
from orders.models import FilingOrder
from orders.register_lookup import RegisterView
from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.rule_set import Frame
from tests.builders import client_of, filled_dossier, make_applicant, make_order
from tests.orders.ready_order import ready_order
from tests.orders.test_wizard_walk import PRINCIPAL, send
from tests.statements import asked

pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
RESIDENCY, IS_HEAD = "legal_rep.residency", "subject.principal.is_legal_representative"
LETTER = "auth_letter_principal"
HOMES = {
    "13": ("1301", "河北省石家庄市"),
    "36": ("3601", "江西省南昌市"),
    "21": ("2101", "辽宁省沈阳市"),
}
DELEGATE = {**PRINCIPAL, "is_legal_representative": "no"}
WORDS = "法定代表人是哪里的居民"


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def of(province: str, **changes):
    """A unit's dossier paths there."""
    if province not in HOMES:
        return {"subject.province": province, **changes}
    city, name = HOMES[province]
    return {
        "subject.province": province,
        "subject.cert_address": f"{name}示范路100号3幢401室",
        "subject.contact_region": city,
        "subject.contact_address": "示范路100号3幢401室",
        **changes,
    }


def stored() -> FilingOrder:
    return FilingOrder.objects.get()


def shown(client, order):
    return client.get(reverse("orders:step", args=[order.pk, "subject-principal"]))


def errors_on(client, order, name: str) -> list[str]:
    return list(shown(client, order).context["form"].errors.get(name, ()))


@pytest.mark.parametrize(
    ("province", "nature", "paths"),
    [
        ("13", "enterprise", (RESIDENCY,)),
        ("14", "public_institution", (RESIDENCY,)),
        ("21", "enterprise", (RESIDENCY,)),
        ("36", "government", (RESIDENCY,)),
        ("37", "enterprise", (RESIDENCY,)),
        # Nobody else may be the subject principal there, so there is nothing to ask.
        ("33", "enterprise", ()),
        ("12", "enterprise", ()),
        # Delegates are free to serve, and no rule looks at whom they stand for.
        ("51", "enterprise", ()),
        ("13", "personal", ()),
    ],
)
def test_question_is_put_where_a_rule_reads_the_answer(applicant, province, nature, paths):
    order = make_order(
        applicant, dossier=filled_dossier(**of(province, **{"subject.nature": nature}))
    )

    assert asked_of_head(order) == paths


def test_unit_of_finance_in_liaoning_may_not_send_anybody(applicant):
    changes = of("21", **{"subject.name": "示例投资管理有限公司"})

    assert asked_of_head(make_order(applicant, dossier=filled_dossier(**changes))) == ()


@pytest.mark.parametrize("nature", ["enterprise", "government", "public_institution"])
def test_whatever_rules_read_of_somebody_who_sends_a_delegate_is_asked(applicant, nature):
    """In Hunan and Inner Mongolia rules read more, and nobody else may serve there."""
    order = make_order(applicant, dossier=filled_dossier())
    order.dossier.subject.nature = nature
    unasked = []
    for province in provinces():
        order.dossier.subject.province = province
        plan = shipped_rule_set().plan(Frame(province, "first", nature, "website"), clock.today())
        kinds = [rule.kind for rule in (*plan.order, *plan.service) if rule.kind is not None]
        read = {fact for kind in kinds for fact in kind.reads() if fact.startswith("legal_rep.")}
        if read.difference(asked_of_head(order)) and not delegate_refusal(order):
            unasked.append(province)

    assert unasked == []


def test_page_in_zhejiang_is_as_it_was(applicant, client):
    order = ready_order(applicant)

    assert "residency" not in shown(client, order).context["form"].all_names
    assert WORDS not in shown(client, order).text


@pytest.mark.parametrize(
    ("province", "refusal", "letter"),
    [
        ("13", "只有法定代表人是外国人的，河北才接受委托", "还缺少委托主体负责人的授权书"),
        ("36", "只有法定代表人是外国人的，江西才接受委托", "还缺少主体负责人授权书"),
    ],
)
def test_walk_with_a_delegate(applicant, client, province, refusal, letter):
    order = ready_order(applicant, **of(province))
    assert WORDS in shown(client, order).text

    page = send(client, order, "subject-principal", **DELEGATE)
    assert f"请选择{WORDS}" in page.text
    assert RESIDENCY in assess(stored()).missing

    send(client, order, "subject-principal", **DELEGATE, residency="mainland")
    said = errors_on(client, order, "is_legal_representative")
    assert refusal in said[0]
    assert "请把主体负责人改为证件上的法定代表人" in said[0]
    notes = shown(client, order).context["page"].rules
    assert any("主体负责人应为法定代表人" in note.text and note.source for note in notes)
    assert [f.rule for f in assess(stored()).blocks] == [f"{province}-01"]

    send(client, order, "subject-principal", **DELEGATE, residency="foreign")
    assert errors_on(client, order, "is_legal_representative") == []
    assert f"{province}-01" not in [f.rule for f in assess(stored()).findings]
    assert LETTER in [need.key for need in assess(stored()).needs]
    assert letter in shown(client, order).text
    assert letter in client.get(reverse("orders:step", args=[order.pk, "materials"])).text


@pytest.mark.parametrize(("province", "stops"), [("13", True), ("14", False)])
def test_resident_of_hong_kong_may_send_somebody_where_the_rule_says_so(applicant, province, stops):
    order = ready_order(applicant, **of(province, **{IS_HEAD: False, RESIDENCY: "hk"}))

    assert (f"{province}-01" in [f.rule for f in assess(order).blocks]) is stops


def test_answer_goes_when_the_person_becomes_the_legal_representative(applicant, client):
    order = ready_order(applicant, **of("13", **{IS_HEAD: False, RESIDENCY: "foreign"}))

    send(client, order, "subject-principal", **PRINCIPAL, residency="foreign")

    assert get_value(stored().dossier, IS_HEAD) is True
    assert get_value(stored().dossier, RESIDENCY) is None
    assert order_facts(stored().dossier, NOTHING_KNOWN)[RESIDENCY] == "mainland"


def test_answer_goes_where_no_rule_asks(applicant, client):
    order = ready_order(applicant, **of("51", **{IS_HEAD: False, RESIDENCY: "foreign"}))

    send(client, order, "subject-principal", **DELEGATE, residency="foreign")

    assert get_value(stored().dossier, RESIDENCY) is None


def test_legal_representative_is_not_asked(applicant, client):
    order = ready_order(applicant, **of("13"))

    page = send(client, order, "subject-principal", **PRINCIPAL)

    assert page.status_code == 302
    assert assess(stored()).missing == ()


def test_certificate_of_a_websites_person_who_is_the_legal_representative_tells_more():
    changes = {
        IS_HEAD: False,
        RESIDENCY: "foreign",
        "services[0].principal.same_as_subject_principal": False,
        "services[0].principal.is_legal_representative": True,
        "services[0].principal.cert_type": "id_card",
        "services[0].principal.cert_number": "330102199003070027",
    }

    facts = order_facts(filled_dossier(**changes), NOTHING_KNOWN)

    assert facts[RESIDENCY] == "mainland"
    assert (facts["legal_rep.id_province"], facts["legal_rep.birth_date"].year) == ("33", 1990)


def test_answer_is_nobodys_before_it_is_said_who_the_person_is():
    dossier = filled_dossier(**{IS_HEAD: None, RESIDENCY: "foreign"})

    assert RESIDENCY not in order_facts(dossier, NOTHING_KNOWN)


def test_answer_is_on_the_check_page(applicant):
    order = ready_order(applicant, **of("36", **{IS_HEAD: False, RESIDENCY: "tw"}))

    rows = {row.label: row.value for section in Summary(order).sections() for row in section.rows}

    assert rows[WORDS] == "台湾居民"


def test_reviewer_reads_the_answer_and_the_bureau_gets_none(applicant):
    dossier = filled_dossier(**of("13", **{IS_HEAD: False, RESIDENCY: "foreign"}))
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, dossier=dossier)
    submission = order.submissions.get()

    groups = table_of(submission, []).groups

    (title,) = [group.title for group in groups if RESIDENCY in [row.path for row in group.rows]]
    assert title == "主体负责人"
    rows = {row.path: row.value for group in groups for row in group.rows}
    assert rows[RESIDENCY] == "外国人"
    assert "foreign" not in first_filing(order, submission)


def test_reviewer_sees_no_question_that_was_not_put(applicant):
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, dossier=filled_dossier())

    assert RESIDENCY not in table_of(order.submissions.get(), []).paths


@pytest.mark.parametrize("opened", [IS_HEAD, RESIDENCY, "subject.principal.cert_number"])
def test_who_is_meant_opens_with_who_the_person_is(applicant, opened):
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": [opened]}
    order = ready_order(
        applicant, columns=columns, **of("13", **{IS_HEAD: False, RESIDENCY: "foreign"})
    )

    assert closed_reason(order, IS_HEAD) == closed_reason(order, RESIDENCY) == ""
    assert closed_reason(order, "services[0].name")


def test_closed_answer_is_shown_with_its_reason(applicant, client):
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]}
    order = ready_order(
        applicant, columns=columns, **of("13", **{IS_HEAD: False, RESIDENCY: "foreign"})
    )

    closed = shown(client, order).context["form"].closed

    assert closed["residency"].value == "外国人"


def test_question_without_an_answer_is_open_in_a_supplement(applicant, client):
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]}
    order = ready_order(applicant, columns=columns, **of("13", **{IS_HEAD: False}))
    assert closed_reason(order, IS_HEAD)

    send(client, order, "subject-principal", residency="foreign")

    assert get_value(stored().dossier, RESIDENCY) == "foreign"


def test_page_of_the_legal_representative_shows_no_question_where_that_is_closed(applicant, client):
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": ["services[0].name"]}
    order = ready_order(applicant, columns=columns, **of("13"))

    assert WORDS not in shown(client, order).text


def test_head_of_the_unit_is_called_as_its_certificate_does():
    subject = filled_dossier(**{"subject.is_sole_proprietor": True}).subject

    assert label_of(RESIDENCY, "enterprise", subject) == "经营者是哪里的居民"
    with translation.override("en"):
        assert value_text(RESIDENCY, "hk", "enterprise") == "A resident of Hong Kong"


def test_page_with_the_question_stays_within_twelve_reads(applicant, client):
    order = ready_order(applicant, **of("13", **{IS_HEAD: False, RESIDENCY: "mainland"}))

    assert asked(client, reverse("orders:step", args=[order.pk, "subject-principal"])) <= 12


def test_draft_from_before_the_question_is_read():
    content = to_bytes(filled_dossier()).replace(b'"legal_rep":{"residency":null},', b"")
    assert b'"legal_rep"' not in content

    assert get_value(from_bytes(content), RESIDENCY) is None
