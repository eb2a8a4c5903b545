"""Saved views: a person's own filters as tabs above the queue."""

import pytest
from django.urls import reverse

from beian.enums import StaffRoleName as Role
from orders.models import QueueView
from tests.builders import client_of, make_staff, post
from tests.orders.test_queue import waiting_order

pytestmark = pytest.mark.django_db

VIEWS = reverse("orders:queue-views")
QUERY = "?province=44&due=overdue"


@pytest.fixture
def reviewer():
    return make_staff(Role.REVIEWER)


@pytest.fixture
def client(reviewer):
    return client_of(reviewer.user)


def test_filters_become_a_tab_with_their_count(client, reviewer):
    waiting_order(1, due_hours=-2)

    answer = post(client, VIEWS + "?due=overdue", {"name": "急件"}, follow=True)

    view = QueueView.objects.get(user=reviewer.user)
    assert (view.name, view.filters) == ("急件", {"due": "overdue"})
    assert '急件 <span class="count">1</span>' in answer.content.decode()


def test_page_says_in_words_what_is_kept(client):
    page = client.get(VIEWS + QUERY).content.decode()

    assert "<dt>省份</dt><dd>广东" in page
    assert "<dt>到期</dt><dd>已逾期</dd>" in page


def test_view_of_orders_with_objections_is_kept(client, reviewer):
    waiting_order(1)
    waiting_order(2, has_objection=True)

    answer = post(client, VIEWS + "?objection=has", {"name": "异议"}, follow=True)

    assert QueueView.objects.get(user=reviewer.user).filters == {"objection": "has"}
    assert '异议 <span class="count">1</span>' in answer.text
    assert "<dt>异议</dt><dd>有异议</dd>" in client.get(VIEWS + "?objection=has").text


def test_name_is_asked_for_and_what_was_chosen_stays(client):
    page = post(client, VIEWS + QUERY, {"name": " "}).content.decode()

    assert "请填写视图名称" in page
    assert "<dd>已逾期</dd>" in page
    assert not QueueView.objects.exists()


def test_name_taken_already_is_refused_with_what_to_do(client):
    post(client, VIEWS + QUERY, {"name": "广东急件"})

    page = post(client, VIEWS + "?due=today", {"name": "广东急件"}).content.decode()

    assert "您已有名为“广东急件”的视图，请换一个名称。" in page
    assert 'value="广东急件"' in page
    assert QueueView.objects.count() == 1


def test_no_filters_make_no_view(client):
    page = post(client, VIEWS, {"name": "全部"}).content.decode()

    assert "请先在审核队列选择筛选条件" in page or "在审核队列选择筛选条件并应用" in page
    assert not QueueView.objects.exists()


def test_number_of_views_is_limited(client, reviewer, monkeypatch):
    monkeypatch.setattr("orders.actions.queue_views.setting", lambda _name: 1)
    post(client, VIEWS + QUERY, {"name": "一"})

    page = post(client, VIEWS + QUERY, {"name": "二"}).content.decode()

    assert "最多保存 1 个视图，请先删除不用的。" in page


def test_only_ones_own_view_can_be_deleted(client, reviewer):
    colleague = make_staff(Role.REVIEWER, name="reviewer-2")
    post(client, VIEWS + QUERY, {"name": "我的"})
    post(client_of(colleague.user), VIEWS + QUERY, {"name": "同事的"})
    mine, other = QueueView.objects.order_by("pk")

    for view in (mine, other):
        post(client, VIEWS, {"delete": str(view.pk)})

    assert list(QueueView.objects.all()) == [other]


@pytest.mark.parametrize("number", ["", "x", "９", "9" * 30])
def test_deleting_what_is_not_there_is_no_error(client, number):
    assert post(client, VIEWS, {"delete": number}).status_code == 302


def test_filter_that_has_gone_since_is_left_out(client, reviewer):
    post(client, VIEWS + QUERY, {"name": "旧"})
    QueueView.objects.update(filters={"gone": "x", "due": "overdue"})

    assert "旧" in client.get(reverse("orders:queue")).content.decode()
