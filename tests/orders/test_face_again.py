"""Without a link: order number and mobile lead to a new one, as long as there is a reason."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from beian.actions import consents
from beian.enums import Channel, StaffRoleName
from beian.legal_texts import legal_text
from orders import workflow
from orders.actions import truthfulness_review
from orders.actions.truthfulness import withdraw_consent
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from orders.views import face_check
from tests.agreeing import ticks
from tests.builders import MOBILE, client_of, make_applicant, make_staff, post
from tests.fake_face import recognise_everybody
from tests.life import make_ready_order
from tests.orders.person_phone import (
    actor_of,
    agree,
    ask_for_a_link,
    edit,
    fresh,
    link_to,
    opened_page,
    photo_page,
    submit,
)
from verification.actions import face_consents
from verification.actions.face_consents import CONSENTS, NOTICE, standing_consents
from verification.actions.proofs import prove_contact
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink

pytestmark = pytest.mark.django_db
WITHDRAW = "撤回对照片的同意</button>"


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order() -> FilingOrder:
    return make_ready_order(make_applicant(), is_recognised=False)


@pytest.fixture
def phone() -> Client:
    return Client()


def test_number_that_answered_no_code_gets_no_link(order):
    link_to(order)
    edit(order, "subject.principal.mobile", "13800000088")

    assert ask_for_a_link(order, "13800000088") == []
    prove_contact(order.pk, Channel.SMS, "13800000088")
    assert len(ask_for_a_link(order, "13800000088")) == 1


def test_number_that_was_replaced_gets_no_link(order):
    link_to(order)
    edit(order, "subject.principal.mobile", "13800000088")

    assert ask_for_a_link(order, MOBILE) == []


def test_person_who_was_replaced_gets_no_link(order):
    link_to(order)
    edit(order, "subject.principal.full_name", "林示范")
    edit(order, "subject.principal.mobile", "13800000088")
    prove_contact(order.pk, Channel.SMS, "13800000088")

    assert ask_for_a_link(order, MOBILE) == []
    assert len(ask_for_a_link(order, "13800000088")) == 1


def test_person_begins_again_after_withdrawing(phone, order):
    recognise_everybody(order)
    withdraw_consent(TruthfulnessCheck.objects.get(), source_address=None)

    (body,) = ask_for_a_link(order)

    assert "完成真实性核验" in body
    assert "《面部照片单独同意书》" in phone.get(photo_page(phone)).text


def test_person_of_a_submitted_order_is_asked_nothing_and_can_withdraw(phone, order):
    recognise_everybody(order)
    submit(order)

    (body,) = ask_for_a_link(order)

    assert "撤回同意并销毁照片" in body
    assert "完成真实性核验" not in body
    link = TruthfulnessLink.objects.filter(channel="sms").last()
    page = phone.get(reverse("orders:face-link", args=[link.token])).text
    assert "现在不需要您核验" in page
    assert "请您本人完成核验" not in page
    post(phone, f"{photo_page(phone)}withdraw/")
    assert FacePhoto.objects.get().is_erased


@pytest.fixture(params=["person_changed", "order_closed", "refused"])
def ended(request, order) -> FilingOrder:
    """A check that is over; the photo of its submission is kept."""
    recognise_everybody(order)
    submit(order)
    if request.param == "refused":
        reviewer = make_staff(StaffRoleName.REVIEWER)
        workflow.apply(order.pk, "take", reviewer.actor)
        check_id = TruthfulnessCheck.objects.get().pk
        words = {"order_id": order.pk, "check_id": check_id, "note": "照片与证件不是同一人"}
        truthfulness_review.refuse(reviewer.actor, **words)
    else:
        workflow.apply(order.pk, "withdraw", actor_of(order))
    if request.param == "order_closed":
        workflow.apply(order.pk, "abandon", actor_of(order))
    if request.param == "person_changed":
        edit(order, "subject.principal.full_name", "林示范")
        edit(order, "subject.principal.mobile", "13800000088")
    assert TruthfulnessCheck.objects.get().closed_for == request.param
    return order


def test_photo_of_a_check_that_is_over_can_still_be_taken_back(phone, ended):
    assert not FacePhoto.objects.get().is_erased

    (body,) = ask_for_a_link(ended)

    assert "撤回同意并销毁照片" in body
    page = photo_page(phone)
    assert WITHDRAW in phone.get(page).text
    assert agree(phone, page).url == page
    assert phone.get(f"{page}meeting/").url == page
    post(phone, f"{page}withdraw/")
    assert FacePhoto.objects.get().is_erased
    check = TruthfulnessCheck.objects.get()
    assert (check.mobile_digest, standing_consents(check)) == ("", [])
    assert fresh(ended).events.last().name == "face_photo_withdrawn"
    assert phone.get(page).url == reverse("orders:face")
    assert ask_for_a_link(ended) == []


def test_check_that_is_over_without_a_photo_keeps_no_number(order):
    recognise_everybody(order)

    edit(order, "subject.principal.full_name", "林示范")

    assert TruthfulnessCheck.objects.get().mobile_digest == ""


def test_withdrawing_is_offered_until_nothing_is_left(phone, order, monkeypatch):
    """Also when a new version of the texts asks for consent again."""
    page = opened_page(phone, order)
    assert WITHDRAW not in phone.get(page).text
    post(phone, page, ticks(["face_photo"]))
    agree(phone, page)
    newer = {key: replace(legal_text(key), version="2027-01-01") for key in (*CONSENTS, NOTICE)}
    for module in (face_consents, consents, face_check):
        monkeypatch.setattr(module, "legal_text", newer.__getitem__)

    text = phone.get(page).text

    assert "《面部照片单独同意书》" in text
    assert WITHDRAW in text


# Who files and what has to be known before anybody is asked


@pytest.mark.parametrize(
    ("path", "words"),
    [("subject.name", "备案主体的名称"), ("services[0].domains", "网站的域名")],
)
def test_nobody_is_asked_before_it_is_known_who_files_what(order, path, words):
    edit(order, path, [] if path.endswith("domains") else "")
    order = fresh(order)
    key = standings_of(order)[0].key
    client = client_of(order.created_by)

    page = client.get(reverse("orders:truthfulness", args=[order.pk])).text
    assert f"请先填写{words}，再开始核验" in page
    assert "显示二维码" not in page
    answer = post(client, reverse("orders:truthfulness-act", args=[order.pk, key, "show-code"]))
    assert words in client.get(answer.url).text
    assert not TruthfulnessLink.objects.exists()
    assert ask_for_a_link(order) == []
    assert f"填写{words}后可以开始" in client.get(reverse("orders:tasks", args=[order.pk])).text
