"""What the pages of the truthfulness step say and offer, and who is on record."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from beian.models import AuditEntry, ConsentRecord
from orders import guards
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from tests.builders import client_of, make_applicant, post
from tests.fake_face import NOT_PERSON, ask_provider
from tests.life import make_ready_order
from tests.orders.person_phone import (
    actor_of,
    agree,
    fresh,
    link_to,
    opened_page,
    press,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order() -> FilingOrder:
    return make_ready_order(make_applicant(), is_recognised=False)


@pytest.fixture
def phone() -> Client:
    return Client()


def test_user_signed_in_on_the_persons_page_is_on_record(order):
    """An individual does the check on the own phone, signed in; a colleague may be at it too."""
    user = order.created_by
    phone = client_of(user)
    page = opened_page(phone, order)
    phone.get(page)
    agree(phone, page)
    take(phone, page)
    ask_provider()
    phone.get(f"{page}picture/")
    press(phone, page, "confirm")
    post(phone, f"{page}withdraw/")

    rows = ConsentRecord.objects.filter(order_id=order.pk, text_key__startswith="face_")
    assert rows.count() == 5
    assert {row.user_id for row in rows} == {user.pk}
    done = ("store_face_photo", "view_face_photo", "confirm_face_photo", "withdraw_face_consent")
    entries = AuditEntry.objects.filter(action__in=done)
    assert {(entry.actor_kind, entry.actor_user_id) for entry in entries} == {("person", user.pk)}
    assert {entry.action for entry in entries} == set(done)
    event = order.events.get(name="truthfulness_confirmed")
    assert (event.actor_kind, event.actor_user_id) == ("person", user.pk)


# What the pages say and offer


def test_photo_that_failed_is_shown_before_it_is_confirmed(phone, order, change_setting):
    change_setting("truthfulness.failed_photo_usable", True)
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)
    ask_provider(NOT_PERSON)

    text = phone.get(page).text
    assert "仍使用这张照片" in text
    assert f'src="{page}picture/"' in text


def test_picture_of_the_camera_or_the_gallery_is_taken_in_the_accepted_formats(phone, order):
    page = opened_page(phone, order)
    agree(phone, page)

    text = phone.get(page).text

    assert 'accept="image/jpeg,image/png"' in text
    assert "capture=" not in text


def test_answer_is_not_called_a_success_before_it_is_read(phone, order):
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)
    ask_provider(NOT_PERSON)

    assert "banner--success" not in phone.get(f"{page}status/").text


def test_pages_look_by_themselves_for_as_long_as_the_settings_say(phone, order, change_setting):
    change_setting("truthfulness.link_minutes", 25)
    change_setting("public_form.grant_minutes", 40)
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)

    step = client_of(order.created_by).get(reverse("orders:truthfulness", args=[order.pk])).text
    assert 'data-watch-minutes="25"' in step
    assert 'data-watch-minutes="40"' in phone.get(page).text


def test_links_to_the_same_page_load_it_again(order):
    """The address differs by more than its fragment: a browser would only scroll."""
    client = client_of(order.created_by)
    url = reverse("orders:truthfulness", args=[order.pk])
    link_to(order)
    key = standings_of(order)[0].key

    status = reverse("orders:truthfulness-status", args=[order.pk, key]) + "?seen=other"
    again = re.compile(re.escape(url) + rf"\?at=\d+#person-{key}")
    assert again.search(client.get(url).text)
    assert again.search(client.get(status).text)


@pytest.mark.parametrize(
    ("language", "button"), [("zh-hans", "我是本人，开始"), ("en", "This is me, begin")]
)
def test_hint_about_the_button_quotes_it(order, language, button):
    url = reverse("orders:face-link", args=[link_to(order).token])

    page = Client(headers={"accept-language": language}).get(url).text

    assert f">{button}</button>" in page
    assert f"“{button}”" in page


def test_sentence_about_those_who_are_missing_fits_one_and_several(order):
    with translation.override("en"):
        reason = guards.truthfulness_done(fresh(order), actor_of(order), {})

    assert reason.startswith("Truthfulness check not yet done: 林*.")
