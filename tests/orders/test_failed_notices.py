"""A message that failed for good: masked, sent again, or told otherwise; each once."""

import pytest
from django.urls import reverse

from beian.actions import notices
from beian.enums import NoticeState
from beian.enums import StaffRoleName as Role
from beian.models import AuditEntry, Notice, StaffNotice
from beian.ports.base import DeliveryFailed
from tests.builders import MOBILE, client_of, make_applicant, make_order, make_staff, post
from tests.orders.builders_attention import make_failed_notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice():
    return make_failed_notice(make_order(make_applicant(), state="initial_rejected"))


@pytest.fixture
def client():
    return client_of(make_staff(Role.REVIEWER).user)


def url_of(notice):
    return reverse("orders:failed-notice", args=[notice.pk])


def test_page_shows_the_recipient_masked(client, notice):
    html = client.get(url_of(notice)).content.decode()

    assert "138******34" in html
    assert MOBILE not in html
    assert "line is down" in html
    assert notice.body not in html


def test_message_sent_again_has_all_its_attempts(client, notice):
    post(client, url_of(notice), {"action": "retry"})

    notice.refresh_from_db()
    assert (notice.state, notice.attempt_count) == (NoticeState.QUEUED, 0)
    assert AuditEntry.objects.filter(action="retry_notice").count() == 1


def test_second_click_on_send_again_says_so(client, notice):
    post(client, url_of(notice), {"action": "retry"})

    page = post(client, url_of(notice), {"action": "retry"}, follow=True).content.decode()

    assert "这条消息已经在重新发送。" in page
    assert AuditEntry.objects.filter(action="retry_notice").count() == 1


def test_told_by_other_means_needs_words_and_leaves_the_list(client, notice):
    empty = post(client, url_of(notice), {"action": "told", "note": " "}).content.decode()
    post(client, url_of(notice), {"action": "told", "note": "10:20 电话告知本人"})

    assert "请填写告知方式" in empty
    notice.refresh_from_db()
    assert (notice.state, notice.settlement_note) == (NoticeState.FAILED, "10:20 电话告知本人")
    assert "没有需要处理的事项" in client.get("/desk/attention/").content.decode()
    assert "已经处理了这条消息" in client.get(url_of(notice)).content.decode()


def test_settled_message_cannot_be_sent_again(client, notice):
    post(client, url_of(notice), {"action": "told", "note": "电话告知"})
    post(client, url_of(notice), {"action": "retry"})

    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED


def test_code_cannot_be_sent_again_and_the_page_says_why(client):
    order = make_order(make_applicant(), state="sms_verification")
    notice = make_failed_notice(order, is_secret=True, body="")

    html = client.get(url_of(notice)).content.decode()

    assert "内容已删除，不能重新发送" in html
    assert 'value="retry"' not in html


def test_code_whose_sending_again_is_posted_nevertheless_stays_and_the_page_says_why(client):
    order = make_order(make_applicant(), state="sms_verification")
    notice = make_failed_notice(order, is_secret=True, body="")

    answer = post(client, url_of(notice), {"action": "retry"}, follow=True)

    assert answer.redirect_chain == [(url_of(notice), 302)]
    assert [str(message) for message in answer.context["messages"]] == [
        answer.context["retry_refusal"]
    ]
    assert "内容已删除，不能重新发送" in answer.text
    notice.refresh_from_db()
    assert notice.state == NoticeState.FAILED


def test_support_may_look_and_not_act(notice):
    client = client_of(make_staff(Role.SUPPORT, name="support-1").user)

    page = client.get(url_of(notice))
    answer = post(client, url_of(notice), {"action": "retry"})

    assert "您的角色只能查看" in page.content.decode()
    assert answer.status_code == 403
    assert Notice.objects.get().state == NoticeState.FAILED


def test_desk_is_told_once_an_hour_however_many_fail(monkeypatch, change_setting):
    class Down:
        def send(self, **_message):
            raise DeliveryFailed("line is down")

    monkeypatch.setattr(notices, "port", lambda _name: Down())
    change_setting("notice.attempts", 1)
    order = make_order(make_applicant(), state="initial_rejected")
    for _number in range(3):
        make_failed_notice(order, state=NoticeState.QUEUED, attempt_count=0)

    for _run in range(3):
        notices.relay_notices()

    assert Notice.objects.filter(state=NoticeState.FAILED).count() == 3
    told = StaffNotice.objects.get()
    assert (told.audience, told.url_name) == ("contacts", "orders:attention")
