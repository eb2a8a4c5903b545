"""Whether to file at all: three questions, an answer with its source, and where it leads."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from orders.prepare.need import ADDRESS, WHAT, WHERE, Answer, answer_to
from tests.policy import NEED

pytestmark = pytest.mark.django_db


def answered(what: str, where: str, address: str) -> Answer:
    return answer_to({"what": what, "where": where, "address": address})


@pytest.mark.parametrize(
    ("what", "where", "address", "verdict"),
    [
        ("website", "mainland", "domain", "yes"),
        ("app", "cdn", "domain", "yes"),
        ("website", "overseas", "domain", "cannot"),
        ("website", "none", "domain", "cannot"),
        ("website", "mainland", "ip", "depends"),
        ("app", "mainland", "ip", "yes"),
        ("mini_program", "mainland", "domain", "elsewhere"),
        ("offline_app", "none", "domain", "no"),
    ],
)
def test_three_answers_tell_whether_to_file(
    what: str, where: str, address: str, verdict: str
) -> None:
    assert answered(what, where, address).verdict == verdict


def test_website_by_ip_behind_a_cdn_is_told_of_both() -> None:
    answer = answered("website", "cdn", "ip")

    assert answer.verdict == "depends"
    assert "加速节点" in answer.text
    assert "中国内地的服务器" in answer.text
    assert "部分省份" in answer.text


def test_every_combination_has_an_answer_with_a_source() -> None:
    for what in WHAT:
        for where in WHERE:
            for address in ADDRESS:
                answer = answered(what, where, address)
                assert answer.title
                assert answer.source["title"].startswith("华为云备案帮助中心：")


def test_page_shows_the_answer_above_the_question_with_its_own_source(client: Client) -> None:
    html = client.get(f"/need/{NEED}").content.decode()

    assert "需要备案，能否用 IP 备案看省份" in html
    assert "华为云备案帮助中心：IP备案" in html


@pytest.mark.parametrize(("what", "kind"), [("website", "website"), ("app", "app")])
def test_answer_leads_to_the_list_with_the_kind_marked(
    client: Client, what: str, kind: str
) -> None:
    html = client.get(f"/need/?what={what}&where=mainland&address=domain").content.decode()

    assert f'href="/prepare/?kind={kind}"' in html


def test_missing_answer_names_its_field(client: Client) -> None:
    html = client.get("/need/?what=website&where=mainland").content.decode()

    assert "请选择怎样访问" in html


def test_answer_that_does_not_exist_is_named_and_known_ones_stay_marked(client: Client) -> None:
    html = client.get("/need/?what=fax&where=cdn").content.decode()

    assert "“要开通什么”中没有这个选项，请重新选择" in html
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["cdn"]


def test_button_pressed_without_an_answer_names_all_three(client: Client) -> None:
    html = client.get("/need/").content.decode()
    assert "<title>错误：" not in html
    assert 'name="asked" value="1">查看结果</button>' in html

    html = client.get("/need/?asked=1").content.decode()

    for name in ("要开通什么", "放在哪里", "怎样访问"):
        assert html.count(f"请选择{name}") == 2
