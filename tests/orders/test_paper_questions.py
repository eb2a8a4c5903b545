"""What stands on a paper is asked where the paper is uploaded, if a rule looks at it."""

import io
import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from beian import clock
from orders.apply.summary import Summary
from orders.asked import asked_on_papers
from orders.assessment import assess
from orders.bureau.records import _subject
from orders.desk.case_rows import table_of
from orders.dossier import Dossier, diff, from_bytes, get_value, to_bytes
from orders.enums import OrderState
from orders.facts import order_facts
from orders.forms.materials import MaterialsForm
from orders.models import FilingOrder
from orders.register_lookup import RegisterView
from tests.builders import (
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    personal_dossier,
)
from tests.orders.ready_order import ready_order, ready_personal_order, started_order
from tests.orders.test_wizard_pages import comment_on
from tests.orders.test_wizard_walk import picture, send
from tests.statements import asked

pytestmark = pytest.mark.django_db

NOTHING_KNOWN = RegisterView(frozenset(), {})
LETTER, SIGNED_ON = "commitment_letter_gd", "commitment_letter.signed_on"
PERMIT, EXPIRY = "residence_permit", "residence_permit.expiry"
MATCHES = "residence_permit.address_matches_contact"
OPTIONAL = "（选填）"
DOCUMENT, ELECTRONIC = "subject_doc_image", "subject.doc_is_electronic"
GUANGDONG = {
    "subject.province": "44",
    "subject.cert_address": "广东省广州市天河区示范路100号3幢401室",
    "subject.contact_region": "4401",
    "subject.contact_address": "天河区示范路100号3幢401室",
}
# Of a person whose ID is from elsewhere.
IN_SHANGHAI = {
    "subject.province": "31",
    "subject.contact_region": "3101",
    "subject.contact_address": "黄浦区样例路8号2幢501室",
}


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def paper() -> list[str]:
    return [str(uuid.uuid4())]


def day(name: str, value: date | None) -> dict[str, str]:
    """The three boxes of a date."""
    if value is None:
        return {}
    return {f"{name}_year": value.year, f"{name}_month": value.month, f"{name}_day": value.day}


def page_of(client, order, key: str = "materials") -> str:
    return client.get(reverse("orders:step", args=[order.pk, key])).text


def form_of(client, order) -> MaterialsForm:
    return client.get(reverse("orders:step", args=[order.pk, "materials"])).context["form"]


def stored(order) -> Dossier:
    return FilingOrder.objects.get(pk=order.pk).dossier


def abouts(order) -> list[str]:
    return [finding.about for finding in assess(order).findings if finding.rule == "44-01"]


def test_letter_and_its_day_are_asked_together_and_the_day_tells_the_rule(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    page = page_of(client, order)
    assert page.index('name="commitment_letter_gd"') < page.index('name="signed_on_year"')
    yesterday = clock.today() - timedelta(days=1)

    answer = send(
        client, order, "materials", commitment_letter_gd=picture(), **day("signed_on", yesterday)
    )

    assert answer.status_code == 302
    order = FilingOrder.objects.get()
    assert get_value(order.dossier, SIGNED_ON) == yesterday
    assert abouts(order) == []
    assert order_facts(order.dossier, NOTHING_KNOWN)[SIGNED_ON] == yesterday


def test_letter_without_its_day_is_kept_and_the_day_is_missing(applicant, client):
    order = ready_order(applicant, **GUANGDONG)

    page = send(client, order, "materials", commitment_letter_gd=picture())

    assert "请填写承诺书签署日期的年、月、日" in page.text
    order = FilingOrder.objects.get()
    assert LETTER in order.dossier.materials
    assert assess(order).missing == (SIGNED_ON,)
    rows = {row.label: row for section in Summary(order).sections() for row in section.rows}
    assert rows["承诺书签署日期"].value == ""


def test_day_ahead_is_refused_with_field_and_remedy_and_stays_in_the_boxes(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    ahead = clock.today() + timedelta(days=1)

    page = send(
        client, order, "materials", commitment_letter_gd=picture(), **day("signed_on", ahead)
    )

    sentence = "承诺书签署日期不能晚于今天，请照材料上的日期重新填写"
    assert page.context["form"].errors["signed_on"] == [sentence]
    assert get_value(stored(order), SIGNED_ON) is None
    again = page_of(client, order)
    assert sentence in again
    assert f'value="{ahead.year}"' in again


def test_old_letter_is_to_be_signed_again(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    long_ago = clock.today() - timedelta(days=200)

    send(client, order, "materials", commitment_letter_gd=picture(), **day("signed_on", long_ago))

    order = FilingOrder.objects.get()
    assert abouts(order) == ["too_old"]
    assert "承诺书的签署日期已超过 60 个工作日" in page_of(client, order)
    send(client, order, "materials", **day("signed_on", clock.today()))
    assert abouts(FilingOrder.objects.get()) == []


def test_day_of_a_letter_that_has_to_come_is_not_called_optional(applicant, client):
    order = ready_order(applicant, **GUANGDONG)

    assert form_of(client, order).fields["signed_on"].required


def test_letter_that_has_to_come_is_called_optional_neither_before_nor_after(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    before = page_of(client, order).count(OPTIONAL)

    send(
        client,
        order,
        "materials",
        commitment_letter_gd=picture(),
        **day("signed_on", clock.today()),
    )

    assert page_of(client, order).count(OPTIONAL) == before


def test_answers_about_a_permit_are_optional_until_it_is_there(applicant, client):
    permit = ready_personal_order(applicant, **IN_SHANGHAI)
    assert not form_of(client, permit).fields["expiry"].required

    send(client, permit, "materials", **{PERMIT: picture()})

    form = form_of(client, permit)
    assert form.fields["expiry"].required
    assert form.fields["address_matches_contact"].required


def test_day_of_a_letter_that_was_refused_is_nobodys(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    broken = io.BytesIO(b"no picture")
    broken.name = "letter.png"

    send(client, order, "materials", commitment_letter_gd=broken, **day("signed_on", clock.today()))

    assert LETTER not in stored(order).materials
    assert get_value(stored(order), SIGNED_ON) is None


def test_day_goes_with_the_letter(applicant, client):
    order = ready_order(applicant, **GUANGDONG)
    today = day("signed_on", clock.today())
    send(client, order, "materials", commitment_letter_gd=picture(), **today)

    send(client, order, "materials", **{"commitment_letter_gd-remove": "1"}, **today)

    assert get_value(stored(order), SIGNED_ON) is None


def test_day_is_dropped_where_no_rule_asks_for_it_any_more(applicant, client):
    order = ready_order(applicant, **{SIGNED_ON: clock.today(), f"materials.{LETTER}": paper()})

    page = page_of(client, order)
    assert 'name="signed_on_year"' not in page
    send(client, order, "materials")

    assert get_value(stored(order), SIGNED_ON) is None


def test_ordinary_filing_in_zhejiang_has_to_answer_nothing_on_papers(applicant):
    order = ready_order(applicant)

    assert {each.fact for each in asked_on_papers(order)} == {ELECTRONIC}
    assert assess(order).missing == ()


def test_ordinary_individual_of_zhejiang_is_asked_nothing_on_papers():
    assert asked_on_papers(ready_personal_order()) == ()


def test_permit_of_somebody_from_elsewhere_is_asked_for_its_end_and_its_address(applicant, client):
    order = ready_personal_order(applicant, **IN_SHANGHAI)
    page = page_of(client, order)
    assert page.index(f'name="{PERMIT}"') < page.index('name="expiry_year"')
    assert 'name="address_matches_contact"' in page
    soon = clock.today() + timedelta(days=10)

    page = send(
        client,
        order,
        "materials",
        **{PERMIT: picture(), "address_matches_contact": "no", **day("expiry", soon)},
    )

    order = FilingOrder.objects.get()
    facts = order_facts(order.dossier, NOTHING_KNOWN)
    assert (facts[EXPIRY], facts[MATCHES]) == (soon, False)
    found = {finding.about for finding in assess(order).blocks}
    assert {"expires_soon", "differs"} <= found


def test_permit_that_is_not_there_is_asked_nothing(applicant, client):
    order = ready_personal_order(applicant, **IN_SHANGHAI)

    send(client, order, "materials", address_matches_contact="yes", **day("expiry", clock.today()))

    dossier = stored(order)
    assert (get_value(dossier, EXPIRY), get_value(dossier, MATCHES)) == (None, None)
    assert not {EXPIRY, MATCHES} & set(assess(order).missing)


def test_permit_nobody_asks_for_is_not_spoken_of():
    order = ready_personal_order(**{**IN_SHANGHAI, "subject.cert_address": "上海市黄浦区样例路8号"})

    form = MaterialsForm(order=order, needs=[], documents={}, asked=asked_on_papers(order))

    assert form.asked == {}


def test_another_contact_address_is_compared_with_the_permit_anew(applicant, client):
    changes = {**IN_SHANGHAI, f"materials.{PERMIT}": paper(), MATCHES: True}
    order = ready_personal_order(applicant, **changes)
    other = {"contact_same": "other", "contact_region": "3101"}

    send(client, order, "subject", **other, contact_address="黄浦区样例路9号")

    assert stored(order).subject.contact_address == "黄浦区样例路9号"
    assert get_value(stored(order), MATCHES) is None


def test_reviewer_reads_the_answers_beside_the_papers(applicant):
    changes = {MATCHES: False, EXPIRY: date(2027, 5, 1), f"materials.{PERMIT}": paper()}
    dossier = personal_dossier(make_resource(applicant.account), **IN_SHANGHAI, **changes)
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, dossier=dossier)

    table = table_of(order.submissions.get(), [])

    rows = {row.label: row.value for row in table.groups[-1].rows}
    assert rows["居住证有效期截止日期"] == "2027年5月1日"
    assert rows["居住证上的地址与通讯地址是否一致"] == "否"
    assert "承诺书签署日期" not in rows
    assert "residence_permit" not in _subject(order.dossier)


def test_new_letter_opens_its_day_and_a_remark_on_the_day_opens_the_letter(applicant, client):
    old = clock.today() - timedelta(days=20)
    changes = {**GUANGDONG, SIGNED_ON: old, f"materials.{LETTER}": paper()}
    columns = {"state": OrderState.NEEDS_SUPPLEMENT, "open_paths": [f"materials.{LETTER}"]}
    order = ready_order(applicant, columns=columns, **changes)

    send(
        client,
        order,
        "materials",
        commitment_letter_gd=picture(),
        **day("signed_on", clock.today()),
    )

    order = FilingOrder.objects.get()
    assert get_value(order.dossier, SIGNED_ON) == clock.today()
    changed = {change.path for change in diff(order.submission.dossier, order.dossier)}
    assert changed == {SIGNED_ON, f"materials.{LETTER}"}
    FilingOrder.objects.update(open_paths=[SIGNED_ON])
    page = page_of(client, order)
    assert f'name="{LETTER}"' in page
    assert 'name="principal_id_front"' not in page


def electronic_of(order) -> tuple[bool | None, list[str]]:
    """The answer, and what the rule about it finds."""
    fresh = FilingOrder.objects.get(pk=order.pk)
    found = [finding.about for finding in assess(fresh).findings if finding.rule == "N12"]
    return fresh.dossier.subject.doc_is_electronic, found


def test_licence_said_to_be_electronic_is_refused_until_the_original_comes(applicant, client):
    order = ready_order(applicant)
    page = page_of(client, order)
    assert page.index(f'name="{DOCUMENT}"') < page.index('name="doc_is_electronic"')
    assert electronic_of(order) == (None, ["unknown"])

    page = send(client, order, "materials", **{DOCUMENT: picture(), "doc_is_electronic": "on"})
    assert electronic_of(order) == (True, ["electronic"])
    assert "主办单位证件是电子证照" in page_of(client, order)

    answer = send(client, order, "materials", **{DOCUMENT: picture()})
    assert answer.status_code == 302
    assert electronic_of(order) == (False, [])
    assert "doc_is_electronic" not in _subject(FilingOrder.objects.get().dossier)


def test_box_without_a_picture_says_nothing(applicant, client):
    order = started_order(applicant)

    send(client, order, "materials", principal_id_front=picture(), doc_is_electronic="on")

    assert stored(order).subject.doc_is_electronic is None


def test_box_says_what_it_said_when_the_page_comes_again(applicant, client):
    order = ready_order(applicant, **{ELECTRONIC: True})

    form = client.get(reverse("orders:step", args=[order.pk, "materials"])).context["form"]

    assert "checked" in str(form["doc_is_electronic"])


def test_page_with_answers_and_remarks_stays_within_twelve_reads(applicant, client):
    changes = {**GUANGDONG, f"materials.{LETTER}": paper()}
    order = ready_order(applicant, columns={"state": OrderState.INITIAL_REJECTED}, **changes)
    comment_on(order, f"materials.{LETTER}")

    assert asked(client, reverse("orders:step", args=[order.pk, "materials"])) == 11


def test_draft_from_before_the_questions_is_read():
    content = to_bytes(filled_dossier()).replace(b'"commitment_letter":{"signed_on":null},', b"")
    assert b"commitment_letter" not in content

    assert from_bytes(content) == from_bytes(to_bytes(from_bytes(content)))
    assert get_value(from_bytes(content), SIGNED_ON) is None
