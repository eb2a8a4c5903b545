"""From the rejection to the second round: order page, field, check page."""

import re

import pytest

from orders.enums import OrderState, ReplyState
from orders.replies import answers_of
from tests.builders import client_of, post
from tests.life import Life

pytestmark = pytest.mark.django_db


@pytest.fixture
def life():
    life = Life(bureau=None)
    life.submit()
    life.take()
    life.comment("services[0].name")
    life.act("ask_supplement", life.reviewer)
    return life


def link(html: str, words: str) -> str:
    """Where the first link that says `words` leads."""
    return re.findall(rf'href="([^"#]+)(?:#[^"]*)?">{words}', html)[0]


def hidden_fields(html: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html)
    return {name: value for name, value in fields if name == "version"}


def resubmit(client, order_page: str):
    """From the order page over the check page, with every declaration ticked."""
    url = link(order_page, "检查并重新提交")
    html = client.get(url).content.decode()
    agreed = dict(re.findall(r'type="checkbox" name="(\w+)" value="([^"]+)"', html))
    return post(client, url, {**hidden_fields(html), **agreed})


def test_one_named_field_is_fixed_and_resubmitted(life):
    client = client_of(life.applicant.user)
    order_url = f"/filings/{life.order_id}/"

    step_url = link(client.get(order_url).content.decode(), "去修改")
    step = client.get(step_url).content.decode()
    post(client, step_url, {**hidden_fields(step), "name": "示例科技知识库"})
    html = client.get(order_url).content.decode()
    response = resubmit(client, html)

    assert "已修改" in html
    assert response.url == f"/filings/{life.order_id}/submitted/"
    order = life.order
    assert (order.state, order.round) == (OrderState.RESUBMITTED, 2)
    assert [answer.state for answer in answers_of(order, 1)] == [ReplyState.DONE]


def test_explained_comment_is_resubmitted_without_a_change(life):
    client = client_of(life.applicant.user)
    order_url = f"/filings/{life.order_id}/"
    reply_url = link(client.get(order_url).content.decode(), "说明理由")
    post(client, reply_url, {"text": "这是我们的注册商标。"})

    resubmit(client, client.get(order_url).content.decode())

    assert life.order.state == OrderState.RESUBMITTED
    assert [answer.state for answer in answers_of(life.order, 1)] == [ReplyState.EXPLAINED]
