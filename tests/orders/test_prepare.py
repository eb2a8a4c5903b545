"""What to prepare, before anybody signs in: the questions, the list, and whether to file at all."""

from __future__ import annotations

import pytest
from django.test import Client

from orders.apply.start_options import nature_names
from orders.prepare.checklist import sections_of
from orders.prepare.frame import ORDERS, Choice
from orders.prepare.need import ADDRESS, WHAT, WHERE, answer_to
from rules.kinds import KINDS
from rules.regions import provinces
from rules.row import RuleRow
from rules.topics import OF_KEEPER, OF_KIND, TOPICS
from tests.policy import NEED, PREPARE

pytestmark = pytest.mark.django_db


def page(query: str, language: str = "zh-hans") -> str:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get(f"/prepare/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_list_tells_demands_with_their_source_and_the_province_they_are_of() -> None:
    html = page(PREPARE)

    assert "<title>材料清单：广东，个人，网站" in html
    assert "手机号码与应急电话不得相同。" in html
    assert "</span>，查阅于 <time>2026-11-16</time>" in html


def test_list_in_english_has_no_chinese_demand() -> None:
    html = page(PREPARE, "en")

    assert "Mobile and emergency phone differ." in html
    assert "手机号码与应急电话不得相同。" not in html


def test_list_leads_to_the_other_kind_and_nature_of_the_same_province() -> None:
    html = page(PREPARE)

    assert 'href="?province=44&amp;nature=personal&amp;kind=app&amp;order=first"' in html
    assert 'href="?province=44&amp;nature=enterprise&amp;kind=website&amp;order=first"' in html


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?province=99&nature=personal&kind=website&order=first", "备案省份中没有这个选项"),
        ("?province=44&nature=&kind=website&order=first", "请选择主办单位性质"),
        ("?province=44&nature=personal&kind=fax&order=first", "要备案什么中没有这个选项"),
        ("?province=44", "请选择主办单位性质"),
    ],
)
def test_choice_that_makes_no_sense_is_asked_again(query: str, complaint: str) -> None:
    html = page(query)

    assert complaint in html
    assert "<title>错误：" in html


def test_natural_person_is_asked_for_no_licence() -> None:
    assert "营业执照" not in page(PREPARE)
    assert "营业执照" in page(PREPARE.replace("personal", "sole_proprietor"))


def test_nature_that_cannot_file_is_told_so_first() -> None:
    [first, *_others] = sections_of(Choice("33", "overseas_body", "website", "first"))

    assert first.items[0].text.startswith("境外机构须凭在中国境内核发的证件备案")
    assert first.items[0].source == "华为云备案帮助中心：非大陆企业备案"


def test_list_has_no_demand_twice_and_nothing_for_reviewers_only() -> None:
    sections = sections_of(Choice("44", "enterprise", "website", "first"))
    texts = [item.text for section in sections for item in section.items]

    assert len(texts) == len(set(texts))
    assert all(item.source and item.retrieved for section in sections for item in section.items)


@pytest.mark.parametrize("province", provinces())
def test_every_choice_has_a_list(province: str) -> None:
    for nature in nature_names():
        for order in ORDERS:
            assert sections_of(Choice(province, nature, "app", order))


def test_list_reads_the_database_as_often_for_any_province(
    django_assert_max_num_queries,
) -> None:
    with django_assert_max_num_queries(3):
        page(PREPARE)


def test_every_kind_of_rule_stands_under_a_heading() -> None:
    keepers = set(RuleRow.model_fields["enforced_by"].annotation.__args__) - {"rules"}

    assert OF_KIND.keys() == KINDS.keys()
    assert OF_KEEPER.keys() == keepers
    assert {*OF_KIND.values(), *OF_KEEPER.values()} == set(TOPICS)


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
    assert answer_to({"what": what, "where": where, "address": address}).verdict == verdict


def test_every_combination_has_an_answer() -> None:
    for what in WHAT:
        for where in WHERE:
            for address in ADDRESS:
                assert answer_to({"what": what, "where": where, "address": address}).title


def test_page_of_the_question_shows_the_answer_above_it(client: Client) -> None:
    html = client.get(f"/need/{NEED}").content.decode()

    assert "需要备案，能否用 IP 备案看省份" in html
    assert 'href="/prepare/"' in html


def test_missing_answer_names_its_field(client: Client) -> None:
    html = client.get("/need/?what=website&where=mainland").content.decode()

    assert "请选择怎样访问" in html


def test_list_promises_the_days_of_its_province(change_setting) -> None:
    change_setting("review.initial_working_days", 7, province="44")

    assert "初审 1–7 个工作日" in page(PREPARE)
    assert "初审 1–7 个工作日" not in page(PREPARE.replace("44", "33"))
