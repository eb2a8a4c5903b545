"""A form that was posted after the session had ended is not lost."""

import base64
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from beian import clock
from beian.actions.tidy import tidy
from beian.crypto.text import encrypt_text
from beian.enums import StaffRoleName
from beian.middleware.session_life import SEEN
from beian.models import UnsentFile
from orders.models import FilingOrder
from tests.builders import client_of, make_applicant, make_order, make_staff, post
from tests.verification import pictures
from verification.entering import enter
from verification.models import Document

pytestmark = pytest.mark.django_db
UNSENT = "/unsent/"


def end_session(client) -> None:
    session = client.session
    session[SEEN] = (clock.now() - timedelta(hours=2)).timestamp()
    session.save()


def sign_in_again(client, user) -> None:
    """In the same browser, as the sign-in page does it."""
    request = client.get("/sign-in/").wsgi_request
    enter(request, user)
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def order(applicant):
    return make_order(applicant)


def website(order) -> str:
    return reverse("orders:step", args=[order.pk, "website"])


def typed(order, name="另一个示例网站") -> dict:
    return {
        "version": order.version,
        "domains": "shili-keji.com",
        "name": name,
        "content_categories": ["unit_portal", "online_advertising"],
        "action": "save",
    }


def forms_on(answer) -> list[tuple[str, str]]:
    return answer.context["kept"].pairs


def test_form_waits_for_the_person_and_is_saved_after_signing_in(applicant, order):
    client = client_of(applicant.user)
    end_session(client)

    answer = post(client, website(order), typed(order))

    assert answer.url == f"/sign-in/?next={UNSENT}"
    assert "刚才填写的内容已为您留住" in client.get(answer.url).text
    sign_in_again(client, applicant.user)
    page = client.get(UNSENT)
    assert f'action="{website(order)}"' in page.text
    kept: dict[str, list[str]] = {}
    for name, value in forms_on(page):
        kept.setdefault(name, []).append(value)
    assert kept["content_categories"] == ["unit_portal", "online_advertising"]
    post(client, website(order), kept)
    assert FilingOrder.objects.get().dossier.services[0].name == "另一个示例网站"


def test_codes_passwords_and_tokens_are_not_kept(applicant, order):
    client = client_of(applicant.user)
    end_session(client)

    post(client, website(order), {"mobile_code": "123456", "password": "x", "name": "n"})
    sign_in_again(client, applicant.user)

    assert forms_on(client.get(UNSENT)) == [["name", "n"]]


def test_kept_form_lies_encrypted_in_the_session(applicant, order):
    client = client_of(applicant.user)
    end_session(client)

    post(client, website(order), typed(order))

    assert "另一个示例网站" not in str(dict(client.session.items()))


def test_somebody_else_in_the_same_browser_does_not_get_it(applicant, order):
    client = client_of(applicant.user)
    end_session(client)
    post(client, website(order), typed(order))
    other = make_applicant(phone="13800000071", account_name="示例七一")

    sign_in_again(client, other.user)

    assert client.get(UNSENT).url == "/filings/"


def test_it_is_kept_for_the_time_of_the_setting(applicant, order, monkeypatch, change_setting):
    client = client_of(applicant.user)
    end_session(client)
    post(client, website(order), typed(order))
    sign_in_again(client, applicant.user)
    assert client.get(UNSENT).status_code == 200

    monkeypatch.setattr(clock, "_offset", lambda: timedelta(minutes=29))
    session = client.session
    session[SEEN] = clock.now().timestamp()
    session.save()
    assert client.get(UNSENT).status_code == 200
    change_setting("session.unsent_minutes", 28)
    assert client.get(UNSENT).url == "/filings/"


def test_form_that_is_too_long_says_so(applicant, order, change_setting):
    change_setting("session.unsent_characters", 1024)
    client = client_of(applicant.user)
    end_session(client)

    answer = post(client, website(order), typed(order, name="示" * 1025))

    assert answer.url == f"/sign-in/?next={website(order)}"
    assert "没有留住" in client.get(answer.url).text


def test_page_says_where_it_came_from_and_what_was_typed(applicant, order):
    client = client_of(applicant.user)
    end_session(client)
    page = f"http://testserver{website(order)}?from=check"
    data = {**typed(order), "mobile": "13800001234", "email": "zhou@example.com"}
    post(client, website(order), data, headers={"referer": page})
    sign_in_again(client, applicant.user)

    answer = client.get(UNSENT)

    kept = answer.context["kept"]
    assert kept.typed == ["shili-keji.com", "另一个示例网站", "138******34", "z***@example.com"]
    assert f'<a href="{website(order)}?from=check">{website(order)}</a>' in answer.text
    assert "<li>138******34</li>" in answer.text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("act", ["withdraw", "abandon"])
def test_act_of_one_click_is_not_sent_later(applicant, order, act):
    client = client_of(applicant.user)
    end_session(client)
    page = reverse("orders:order", args=[order.pk])

    answer = post(
        client,
        reverse("orders:act", args=[order.pk, act]),
        {"version": order.version, "action": "confirm"},
        headers={"referer": f"http://testserver{page}"},
    )

    assert answer.url == f"/sign-in/?next={page}"
    assert "刚才的操作没有执行" in client.get(answer.url).text
    sign_in_again(client, applicant.user)
    assert client.get(UNSENT).url == "/filings/"


def test_it_is_forgotten_once_it_was_sent(applicant, order):
    client = client_of(applicant.user)
    end_session(client)
    post(client, website(order), typed(order))
    sign_in_again(client, applicant.user)
    assert 'name="unsent"' in client.get(UNSENT).text

    post(client, website(order), {**typed(order), "unsent": "1"})

    assert client.get(UNSENT).url == "/filings/"


def test_form_kept_by_another_version_of_the_product_is_let_go(applicant):
    client = client_of(applicant.user)
    session = client.session
    session["unsent"] = encrypt_text('{"user_id": 1, "colour": "red"}', "session.unsent")
    session.save()

    assert client.get(UNSENT).url == "/filings/"


def test_reader_is_led_back_to_the_page_as_before(applicant, order):
    client = client_of(applicant.user)
    end_session(client)

    assert client.get(website(order)).url == f"/sign-in/?next={website(order)}"


def test_post_without_any_session_keeps_nothing(client, order):
    answer = post(client, website(order), typed(order))

    assert answer.url == f"/sign-in/?next={website(order)}"
    assert "unsent" not in client.session


def test_reviewer_is_led_to_the_staff_door():
    reviewer = make_staff(StaffRoleName.REVIEWER)
    client = client_of(reviewer.user)
    end_session(client)

    answer = post(client, reverse("orders:queue-views"), {"name": "广东"})

    assert answer.url == f"/staff/sign-in/?next={UNSENT}"
    sign_in_again(client, reviewer.user)
    assert "继续提交" in client.get(UNSENT).text


def materials(order) -> str:
    return reverse("orders:step", args=[order.pk, "materials"])


def test_chosen_files_wait_as_well_and_arrive_with_the_form(applicant, order):
    client = client_of(applicant.user)
    end_session(client)
    files = {"subject_doc_image": pictures.upload(name="执照.jpg")}

    answer = post(client, materials(order), {"version": order.version, "action": "save", **files})

    assert answer.url == f"/sign-in/?next={UNSENT}"
    sign_in_again(client, applicant.user)
    page = client.get(UNSENT)
    assert "<li>执照.jpg</li>" in page.text
    post(client, materials(order), {**dict(forms_on(page)), "unsent": "1"})
    (document,) = Document.objects.filter(owner=order.pk)
    assert document.kind == "subject_doc_image"
    assert not UnsentFile.objects.exists()


def test_file_too_large_to_be_accepted_is_not_kept_and_that_is_said(
    applicant, order, change_setting
):
    change_setting("upload.accepted_megabytes", 1)
    client = client_of(applicant.user)
    end_session(client)
    large = SimpleUploadedFile("执照.jpg", b"x" * (2**20 + 1), "image/jpeg")

    post(client, materials(order), {"version": order.version, "subject_doc_image": large})

    sign_in_again(client, applicant.user)
    assert "有的文件太大，没有保留" in client.get(UNSENT).text
    assert not UnsentFile.objects.exists()


def test_kept_files_go_with_the_time_of_their_form(applicant, order, monkeypatch):
    client = client_of(applicant.user)
    end_session(client)
    post(client, materials(order), {"version": 1, "subject_doc_image": pictures.upload()})

    monkeypatch.setattr(clock, "_offset", lambda: timedelta(minutes=29))
    tidy()
    assert UnsentFile.objects.count() == 1
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(minutes=31))
    tidy()
    assert not UnsentFile.objects.exists()


def test_kept_file_is_not_stored_in_plain_text(applicant, order):
    client = client_of(applicant.user)
    end_session(client)
    file = SimpleUploadedFile("示例.jpg", b"a picture that can be read", "image/jpeg")

    post(client, materials(order), {"version": 1, "subject_doc_image": file})

    with connection.cursor() as cursor:
        cursor.execute("SELECT name, content FROM beian_unsentfile")
        (row,) = cursor.fetchall()
    stored = [column + base64.b64decode(column).decode("latin-1") for column in row]
    assert not any("示例" in text or "can be read" in text for text in stored)
    assert [base64.b64decode(kept.content) for kept in UnsentFile.objects.all()] == [
        b"a picture that can be read"
    ]
