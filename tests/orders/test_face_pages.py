"""The person's own pages of a truthfulness check, as a browser without an account meets them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from beian import clock
from beian.actions.consents import record_consent
from beian.models import ConsentRecord
from orders.actions.truthfulness import book_meeting
from orders.actions.truthfulness_entry import send_link
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from tests.agreeing import ticks
from tests.builders import make_applicant, post
from tests.fake_face import NOT_PERSON, PASSED, ask_provider
from tests.life import make_ready_order
from tests.orders.person_phone import (
    actor_of,
    agree,
    fresh,
    link_to,
    opened_page,
    press,
    press_start,
    submit,
    take,
)
from verification.actions.face_consents import OWN_DATA, PURPOSES
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order() -> FilingOrder:
    return make_ready_order(make_applicant(), is_recognised=False)


@pytest.fixture
def other_order() -> FilingOrder:
    other = make_applicant(phone="13800000037", account_name="示例三七")
    return make_ready_order(
        other, is_recognised=False, **{"subject.cert_number": "91330102MA0000002A"}
    )


@pytest.fixture
def phone() -> Client:
    return Client()


def test_person_goes_from_the_link_to_the_confirmed_photo(phone, order):
    link = link_to(order)

    assert "我是本人，开始" in phone.get(reverse("orders:face-link", args=[link.token])).text
    page = press_start(phone, link).url
    assert "《面部照片单独同意书》" in phone.get(page).text
    assert agree(phone, page).url == page
    assert "拍摄本人照片" in phone.get(page).text
    assert take(phone, page).url == page
    assert "正在比对照片" in phone.get(page).text
    assert "照片已收到" in phone.get(f"{page}status/").text
    ask_provider(NOT_PERSON)
    assert "您的真实性核验未通过" in phone.get(page).text
    assert press(phone, page, "again").url == page
    take(phone, page)
    ask_provider()
    assert "恭喜您已通过真实性核验" in phone.get(page).text
    picture = phone.get(f"{page}picture/")
    assert picture["Content-Type"] == "image/jpeg"
    assert "private, no-store" in picture["Cache-Control"]
    assert press(phone, page, "confirm").url == page
    assert "真实性核验已完成" in phone.get(page).text
    assert standings_of(fresh(order))[0].counts


@pytest.mark.parametrize("answer", [PASSED, NOT_PERSON])
def test_photo_older_than_the_texts_about_own_data_is_confirmed_after_them(
    phone, order, answer, change_setting
):
    change_setting("truthfulness.failed_photo_usable", True)
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)
    ask_provider(answer)
    shown = phone.get(page).text
    photo = str(FacePhoto.objects.get().pk)
    take_back_own_data(TruthfulnessCheck.objects.get())

    refused = post(phone, f"{page}confirm/", {"photo": photo}, follow=True).text

    assert "请先阅读并同意使用您证件信息的两项说明" in refused
    assert "逐项同意后再确认照片" in refused
    assert not standings_of(fresh(order))[0].counts
    assert post(phone, page, ticks(OWN_DATA)).url == page
    assert phone.get(page).text.count(photo) == shown.count(photo) > 0
    post(phone, f"{page}confirm/", {"photo": photo})
    assert standings_of(fresh(order))[0].counts


def take_back_own_data(check):
    for key, purpose in PURPOSES.items():
        record_consent(
            person_digest=check.digest_of_consents,
            purpose=purpose,
            text_key=key,
            is_consent=False,
            order_id=check.owner,
        )


@pytest.mark.parametrize("button", ["confirm", "again"])
def test_button_counts_for_the_photo_that_was_on_the_page(phone, order, button):
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)
    ask_provider()
    shown = FacePhoto.objects.get()
    press(phone, page, "again")
    take(phone, page)
    ask_provider()
    newest = TruthfulnessCheck.objects.get().photo

    answer = post(phone, f"{page}{button}/", {"photo": str(shown.pk)}, follow=True)

    newest.refresh_from_db()
    assert newest.pk != shown.pk
    assert (newest.state, newest.erased_at) == ("passed", None)
    assert "这不是最新的一张照片" in answer.text
    post(phone, f"{page}{button}/")
    newest.refresh_from_db()
    assert (newest.state, newest.erased_at) == ("passed", None)


def test_person_books_and_cancels_a_meeting_instead(phone, order):
    page = opened_page(phone, order)

    assert "请选择方便的时间" in post(phone, f"{page}meeting/").text
    times = {"times": offered_times()[0][0]}
    assert "《本人证件信息单独同意书》" in post(phone, f"{page}meeting/", times).text
    assert not standings_of(fresh(order))[0].counts
    assert post(phone, f"{page}meeting/", {**times, **ticks(OWN_DATA)}).url == page
    agreed = ConsentRecord.objects.filter(order_id=order.pk, is_consent=True, user_id=None)
    assert [row.text_key for row in agreed.order_by("pk")] == list(OWN_DATA)
    assert "已预约视频会议" in phone.get(page).text
    assert standings_of(fresh(order))[0].counts
    assert "《面部照片单独同意书》" in phone.get(f"{page}?photo").text
    post(phone, f"{page}cancel-meeting/")
    assert not standings_of(fresh(order))[0].counts


def test_only_one_press_opens_a_link(phone, order):
    link = link_to(order)
    page = press_start(phone, link).url

    second = Client()
    assert "已经打开过一次" in press_start(second, link).text
    assert second.get(page).url == reverse("orders:face")
    assert phone.get(page).status_code == 200


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda link: TruthfulnessLink.objects.update(expires_at=clock.now()), "已过有效期"),
        (lambda link: link_to(FilingOrder.objects.get()), "已经有更新的链接"),
        (lambda link: TruthfulnessLink.objects.all().delete(), "没有这个链接"),
        (
            lambda link: TruthfulnessCheck.objects.update(
                closed_at=clock.now(), closed_for="order_closed"
            ),
            "对应的核验已经结束",
        ),
    ],
)
def test_dead_link_says_how_it_died(phone, order, end, words):
    link = link_to(order)

    end(link)

    assert words in phone.get(reverse("orders:face-link", args=[link.token])).text
    assert words in press_start(phone, link).text


def test_page_closes_after_its_time(phone, order, monkeypatch):
    page = opened_page(phone, order)

    monkeypatch.setattr(clock, "_offset", lambda: timedelta(minutes=30, seconds=-5))
    assert phone.get(page).status_code == 200
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(minutes=30))
    answer = agree(phone, page)
    assert answer.url == reverse("orders:face")


def test_page_can_be_closed_before_the_phone_is_handed_back(phone, order):
    page = opened_page(phone, order)

    post(phone, f"{page}leave/")

    assert phone.get(page).url == reverse("orders:face")


def test_two_checks_in_one_browser_stay_apart(phone, order, other_order):
    """The tab opened first goes on acting for its own person."""
    first, second = opened_page(phone, order), opened_page(phone, other_order)

    agree(phone, first)
    take(phone, first)

    photo = FacePhoto.objects.get()
    assert photo.check_row.owner == order.pk
    assert "拍摄本人照片" not in phone.get(second).text
    assert phone.get(f"{first}picture/").status_code == 200


def test_page_left_behind_does_not_act_for_another_person(phone, order, other_order):
    left_behind = opened_page(phone, order)
    post(phone, f"{left_behind}leave/")
    other = opened_page(phone, other_order)

    answer = agree(phone, left_behind)

    assert answer.status_code == 409
    assert "没有保存，也没有用于其他人" in answer.text
    assert post(phone, f"{left_behind}withdraw/").status_code == 409
    assert "《面部照片单独同意书》" in phone.get(other).text


def test_photo_of_a_stranger_does_not_exist(phone, order, other_order):
    page = opened_page(phone, order)
    agree(phone, page)
    take(phone, page)
    stranger = Client()
    opened_page(stranger, other_order)

    assert stranger.get(f"{page}picture/").status_code == 404
    assert stranger.get(f"{page}status/").status_code == 404


def test_refreshed_code_closes_the_page_the_old_one_opened(phone, order):
    page = opened_page(phone, order)

    link_to(order)

    assert phone.get(page).url == reverse("orders:face")


def test_text_message_closes_no_page_until_its_link_is_opened(phone, order):
    page = opened_page(phone, order)

    send_link(actor_of(order), fresh(order), standings_of(order)[0].key, source_address=None)
    assert phone.get(page).status_code == 200
    press_start(Client(), TruthfulnessLink.objects.get(channel="sms"))
    assert phone.get(page).url == reverse("orders:face")


def test_nothing_is_taken_once_the_order_was_submitted(phone, order):
    page = opened_page(phone, order)
    check = TruthfulnessCheck.objects.get()
    book_meeting(actor_of(order), check, preferred=[offered_times()[0][0]])
    submit(order)

    assert agree(phone, page).url == page
    assert take(phone, page).url == page
    post(phone, f"{page}cancel-meeting/")

    assert not FacePhoto.objects.exists()
    assert standings_of(fresh(order))[0].counts
    assert "取消预约" not in phone.get(page).text
