"""The portal inbox of an account."""

import uuid

import pytest
from django.db import transaction

from beian.actions.notices import Message, queue_notice
from beian.enums import Channel, MembershipRole
from beian.models import Notice
from tests.builders import client_of, make_applicant, post

URL = "/messages/"

pytestmark = pytest.mark.django_db


def tell(account, count=1, channel=Channel.PORTAL):
    for _number in range(count):
        with transaction.atomic():
            queue_notice(
                event_key=str(uuid.uuid4()),
                channel=channel,
                recipient=str(account.pk),
                message=Message(
                    "test",
                    subject=f"示例消息 {Notice.objects.count() + 1}",
                    body="示例正文",
                ),
                account=account,
            )


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_the_same_queries_for_one_and_three_messages(count, django_assert_num_queries):
    applicant = make_applicant()
    tell(applicant.account, count)
    client = client_of(applicant.user)
    client.get(URL)

    with django_assert_num_queries(5):
        page = client.get(URL)

    assert len(page.context["notices"]) == count


def test_inbox_shows_newest_first_and_counts_unread_in_the_navigation():
    applicant = make_applicant()
    tell(applicant.account, 2)

    page = client_of(applicant.user).get(URL)

    assert [notice.subject for notice in page.context["notices"]] == ["示例消息 2", "示例消息 1"]
    assert "消息（2）" in page.content.decode()


def test_marking_as_read_clears_the_count():
    applicant = make_applicant()
    tell(applicant.account, 2)
    client = client_of(applicant.user)

    assert post(client, URL).url == URL

    page = client.get(URL).content.decode()
    assert ("消息（" in page, page.count("已读")) == (False, 2)


def test_inbox_of_another_account_stays_unread_and_unseen():
    own, other = make_applicant(), make_applicant(phone="13800000035", account_name="示例二")
    tell(other.account)
    client = client_of(own.user)

    post(client, URL)

    assert list(client.get(URL).context["notices"]) == []
    assert Notice.objects.filter(read_at=None).count() == 1


def test_messages_on_other_channels_are_not_in_the_inbox():
    applicant = make_applicant()
    tell(applicant.account, channel=Channel.SMS)

    assert list(client_of(applicant.user).get(URL).context["notices"]) == []


def test_older_messages_are_on_the_next_page_without_gap_or_repetition(change_setting):
    change_setting("lists.rows_per_page", 3)
    applicant = make_applicant()
    tell(applicant.account, 5)
    # One moment for all: the key alone must keep the order.
    Notice.objects.update(created_at=Notice.objects.first().created_at)
    client = client_of(applicant.user)

    first = client.get(URL)
    second = client.get(f"{URL}{first.context['older_url']}")

    shown = [notice.pk for page in (first, second) for notice in page.context["notices"]]
    assert (len(first.context["notices"]), len(shown), len(set(shown))) == (3, 5, 5)
    assert (first.context["newest_url"], second.context["newest_url"]) == ("", URL)


@pytest.mark.parametrize("before", ["nonsense", "2026-13-45T00:00:00_x", "2026-11-23T09:00:00_"])
def test_nonsense_in_the_address_shows_the_newest(before):
    applicant = make_applicant()
    tell(applicant.account)

    page = client_of(applicant.user).get(URL, {"before": before})

    assert len(page.context["notices"]) == 1


def test_sub_user_without_the_role_is_told_who_grants_it():
    account = make_applicant().account
    sub_user = make_applicant(phone="13800000037", account=account, role=MembershipRole.NONE)

    answer = client_of(sub_user.user).get(URL)

    assert answer.status_code == 403
    assert "备案服务管理员（Beian Administrator）" in answer.content.decode()
