"""What to prepare, before anybody signs in: the question, and the page of the list."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.policy import PREPARE

pytestmark = pytest.mark.django_db


def page(query: str, language: str = "zh-hans") -> str:
    client = Client()
    client.cookies["django_language"] = language
    response = client.get(f"/prepare/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_list_tells_demands_with_their_source_and_the_province_they_are_of() -> None:
    html = page(PREPARE)

    assert "<title>材料清单：广东省，个人，网站" in html
    assert "手机号码与应急电话不得相同。" in html
    assert "</span>，查阅于 <time>2026-11-16</time>" in html


def test_list_in_english_has_no_chinese_demand() -> None:
    html = page(PREPARE, "en")

    assert "The mobile and the emergency phone must differ." in html
    assert "手机号码与应急电话不得相同。" not in html


def test_list_leads_to_the_other_kind_and_nature_of_the_same_province() -> None:
    html = page(PREPARE)

    assert 'href="?province=44&amp;nature=personal&amp;kind=app&amp;order=first"' in html
    assert 'href="?province=44&amp;nature=enterprise&amp;kind=website&amp;order=first"' in html


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ("?province=99&nature=personal&kind=website&order=first", "“备案省份”中没有这个选项"),
        ("?province=44&nature=&kind=website&order=first", "请选择主办单位性质"),
        ("?province=44&nature=personal&kind=fax&order=first", "“要备案什么”中没有这个选项"),
        ("?province=&nature=&kind=website&order=first", "请选择备案省份"),
    ],
)
def test_choice_that_makes_no_sense_is_asked_again(query: str, complaint: str) -> None:
    html = page(query)

    assert complaint in html
    assert "<title>错误：" in html


def test_answers_given_elsewhere_are_marked_before() -> None:
    html = page("?kind=app&province=44")

    assert "<title>错误：" not in html
    assert '<option value="44" selected>广东省</option>' in html
    assert marked(html) == ["app"]


@pytest.mark.parametrize(
    ("query", "complaints"),
    [
        ("?province=99&nature=x", ["“备案省份”中没有这个选项", "“主办单位性质”中没有这个选项"]),
        ("?province=99", ["“备案省份”中没有这个选项"]),
        ("?kind=fax&province=44", ["“要备案什么”中没有这个选项"]),
        ("?order=cancel&nature=personal", ["“办理什么”中没有这个选项"]),
    ],
)
def test_given_answer_that_does_not_exist_is_named_though_others_are_missing(
    query: str, complaints: list[str]
) -> None:
    html = page(query)

    assert "<title>错误：" in html
    found = [f"{complaint}，请重新选择" for complaint in complaints]
    # In the summary and at the field; what was not given is only asked.
    assert [html.count(text) for text in found] == [2] * len(found)
    assert html.count("没有这个选项") == 2 * len(found)
    assert "<li>请选择" not in html


def test_known_answers_stay_beside_one_that_does_not_exist() -> None:
    html = page("?province=44&nature=x&kind=app&order=access")

    assert '<option value="44" selected>广东省</option>' in html
    assert '<option value="access" selected>' in html
    assert marked(html) == ["app"]

    html = page("?province=44&nature=x")
    assert '<option value="44" selected>广东省</option>' in html
    assert '<option value="first" selected>' in html
    assert marked(html) == ["website"]


def test_empty_answers_of_an_address_are_only_asked() -> None:
    html = page("?province=&kind=")

    assert "<title>错误：" not in html
    assert marked(html) == ["website"]


def marked(html: str) -> list[str]:
    """The values of the radios that are marked."""
    radios = [part.split(">")[0] for part in html.split("<input")[1:]]
    return [radio.split('value="')[1].split('"')[0] for radio in radios if "checked" in radio]


def test_list_leads_to_the_beginning_of_that_very_filing() -> None:
    html = page(PREPARE)

    begin = "/filings/start/?service_kind=website&amp;nature=personal&amp;province=44"
    assert f'href="{begin}"' in html


@pytest.mark.parametrize(
    ("changed", "to"),
    [
        ("nature=personal", "nature=overseas_body"),
        ("kind=website", "kind=app"),
        ("order=first", "order=access"),
    ],
)
def test_what_cannot_be_filed_here_is_not_offered(changed: str, to: str) -> None:
    assert "开始备案" in page(PREPARE)
    assert "开始备案" not in page(PREPARE.replace(changed, to))


def test_list_reads_the_database_as_often_for_any_province(
    django_assert_max_num_queries,
) -> None:
    with django_assert_max_num_queries(3):
        page(PREPARE)
