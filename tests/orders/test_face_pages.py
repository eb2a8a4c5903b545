"""The person's own pages of a truthfulness check, as a browser without an account meets them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from beian import actors, clock
from beian.actions import consents
from beian.enums import Channel, StaffRoleName
from beian.legal_texts import legal_text
from beian.models import AuditEntry, ConsentRecord, Notice
from orders import guards, workflow
from orders.actions import truthfulness_review
from orders.actions.draft import save_draft
from orders.actions.submit import submit_order
from orders.actions.truthfulness import book_meeting, withdraw_consent
from orders.actions.truthfulness_entry import send_link, show_code
from orders.agreements import REQUIRED
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from orders.views import face_check
from tests.builders import MOBILE, client_of, make_applicant, make_staff, post
from tests.fake_face import NOT_PERSON, ask_provider, recognise_everybody
from tests.life import make_ready_order
from tests.verification import pictures
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
def other_order() -> FilingOrder:
    other = make_applicant(phone="13800000037", account_name="示例三七")
    return make_ready_order(
        other, is_recognised=False, **{"subject.cert_number": "91330102MA0000002A"}
    )


@pytest.fixture
def phone() -> Client:
    return Client()


def fresh(order: FilingOrder) -> FilingOrder:
    return FilingOrder.objects.get(pk=order.pk)


def actor_of(order: FilingOrder) -> actors.Actor:
    membership = order.account.memberships.get()
    return actors.applicant(membership.user, order.account, membership.role)


def link_to(order: FilingOrder) -> TruthfulnessLink:
    order = fresh(order)
    return show_code(actor_of(order), order, standings_of(order)[0].key)


def press_start(phone: Client, link: TruthfulnessLink):
    return post(phone, reverse("orders:face-open"), {"token": link.token})


def opened_page(phone: Client, order: FilingOrder) -> str:
    """The address of the check's page once the link was opened on `phone`."""
    return press_start(phone, link_to(order)).url


def submit(order: FilingOrder) -> None:
    submit_order(actor_of(order), order.pk, version=fresh(order).version, agreed=list(REQUIRED))


def agree(phone: Client, page: str):
    return post(phone, page, dict.fromkeys(CONSENTS, "on"))


def take(phone: Client, page: str):
    return post(phone, page, {"photo": pictures.upload()})


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
    assert post(phone, f"{page}again/").url == page
    take(phone, page)
    ask_provider()
    assert "恭喜您已通过真实性核验" in phone.get(page).text
    picture = phone.get(f"{page}picture/")
    assert picture["Content-Type"] == "image/jpeg"
    assert "private, no-store" in picture["Cache-Control"]
    assert post(phone, f"{page}confirm/").url == page
    assert "真实性核验已完成" in phone.get(page).text
    assert standings_of(fresh(order))[0].counts


def test_person_books_and_cancels_a_meeting_instead(phone, order):
    page = opened_page(phone, order)

    assert "请选择方便的时间" in post(phone, f"{page}meeting/").text
    assert post(phone, f"{page}meeting/", {"times": offered_times()[0][0]}).url == page
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


# Without a link: order number and mobile


def ask_for_a_link(order: FilingOrder, mobile: str = MOBILE) -> list[str]:
    """What the person at `mobile` is texted; the page gives everybody the same answer."""
    known = set(Notice.objects.values_list("pk", flat=True))
    number = FilingOrder.objects.get(pk=order.pk).number
    answer = post(Client(), reverse("orders:face"), {"number": number, "mobile": mobile})
    assert answer.url == reverse("orders:face")
    sent = Notice.objects.filter(template="truthfulness_link").exclude(pk__in=known)
    assert {notice.recipient for notice in sent} <= {mobile}
    return [notice.body for notice in sent]


def edit(order: FilingOrder, path: str, value: str) -> None:
    save_draft(actor_of(order), order.pk, version=fresh(order).version, edits={path: value})


def photo_page(phone: Client) -> str:
    """The page behind the newest texted link, opened."""
    link = TruthfulnessLink.objects.filter(channel="sms").last()
    return press_start(phone, link).url


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
    post(phone, page, {"face_photo": "on"})
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


# Who was signed in


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
    post(phone, f"{page}confirm/")
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

    assert reason.startswith("Truthfulness check not yet done: 林示例.")
