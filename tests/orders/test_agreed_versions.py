"""A tick counts for the text that was on the page, not for one that came into force meanwhile."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from beian.legal_texts import legal_text
from beian.models import ConsentRecord
from orders.agreements import REQUIRED, give_agreements, missing_agreements
from orders.enums import OrderState
from orders.forms.agreements import AgreementsForm
from orders.models import FilingOrder
from tests.agreeing import real_name_tick, ticks
from tests.builders import (
    COMPANY,
    CREDIT_CODE,
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
    post,
)
from tests.life import make_ready_order
from tests.orders.person_phone import opened_page
from tests.orders.ready_order import ready_order
from tests.statements import recorded
from verification.actions.face_consents import CONSENTS
from verification.forms.entry import NewAccountForm

pytestmark = pytest.mark.django_db
OUTDATED = "文本已经更新"
OLD = "2020-01-01:0123456789abcdef"


def test_agreements_of_an_order_are_kept_in_one_statement():
    applicant = make_applicant()
    order = make_order(applicant, dossier=filled_dossier(make_resource(applicant.account)))

    with recorded() as statements:
        give_agreements(applicant.actor, order, keys=REQUIRED, source_address="192.0.2.7")

    assert sum(sql.startswith("INSERT") for sql, _values in statements.run) == 1
    kept = ConsentRecord.objects.filter(order_id=order.pk, user=applicant.user)
    assert sorted(kept.values_list("text_key", "purpose", "source_address")) == sorted(
        (key, key, "192.0.2.7") for key in REQUIRED
    )
    assert missing_agreements(order, applicant.actor) == []


@pytest.mark.parametrize("posted", [OLD, "on"])
def test_declaration_for_an_older_text_submits_nothing(posted):
    applicant = make_applicant()
    order = ready_order(applicant)
    data = {"version": order.version, **ticks(REQUIRED), "filing_pledge": posted}

    page = post(client_of(applicant.user), reverse("orders:check", args=[order.pk]), data)

    assert OUTDATED in page.text
    assert list(page.context["form"].errors) == ["filing_pledge"]
    assert FilingOrder.objects.get().state == OrderState.DRAFT
    assert not ConsentRecord.objects.filter(text_key__in=REQUIRED).exists()


def test_box_of_an_older_text_is_empty_on_the_page_that_comes_back():
    texts = [legal_text("filing_pledge"), legal_text("bureau_transfer")]
    form = AgreementsForm({**ticks(["bureau_transfer"]), "filing_pledge": OLD}, texts=texts)

    assert form.errors.keys() == {"filing_pledge"}
    boxes = {box.name: str(box) for box, _text in form.boxes()}
    assert "checked" not in boxes["filing_pledge"]
    assert legal_text("filing_pledge").stamp in boxes["filing_pledge"]
    assert "checked" in boxes["bureau_transfer"]


def test_another_version_or_another_word_is_another_stamp():
    text = legal_text("filing_pledge")

    stamps = {text.stamp, replace(text, version="x").stamp, replace(text, body_zh=("。",)).stamp}

    assert len(stamps) == 3


def test_consent_to_older_words_about_the_photo_is_asked_for_again(change_setting):
    order = make_ready_order(make_applicant(), is_recognised=False)
    phone = Client()
    page = opened_page(phone, order)
    phone.get(page)
    seen = ticks(CONSENTS)
    change_setting("truthfulness.verifier_contact", "95555")

    answer = post(phone, page, seen)

    assert OUTDATED in answer.text
    rows = ConsentRecord.objects.filter(text_key__in=CONSENTS, is_consent=True)
    assert not rows.exists()


def test_new_account_agrees_to_what_was_shown():
    form = NewAccountForm({"account_name": "示例科技", "terms": OLD, "privacy": OLD})

    assert form.errors.keys() == {"terms", "privacy"}


def test_real_name_consent_is_for_what_was_shown():
    applicant = make_applicant()
    client = client_of(applicant.user)
    data = {"holder": "unit", "name": COMPANY, "cert_number": CREDIT_CODE, "consent": OLD}
    applicant.account.real_name_state = "unverified"
    applicant.account.save()

    assert OUTDATED in post(client, "/account/real-name/", data).text
    assert post(client, "/account/real-name/", data | real_name_tick()).status_code == 302
