"""An edit that a release cannot read is told as such on every page, and nothing falls over."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from orders.models import RuleEdit
from orders.rulebook import in_force
from orders.rulebook.content import rules_now
from tests.builders import client_of, post
from tests.orders.rulebook.stage import names_of, publish, remove, shipped_row
from tests.orders.rulebook.typed import sent_by

pytestmark = pytest.mark.django_db

LIST = reverse("orders:rules")
NAME_PAGE = reverse("orders:rule", args=["N19~shape"])
NAME_FORM = reverse("orders:rule-form", args=["N19~shape"])


@pytest.fixture
def writer(author):
    return client_of(author.user)


@pytest.fixture(autouse=True)
def nothing_kept():
    yield
    in_force._layered.cache_clear()


def as_of_another_release(edit, params):
    RuleEdit.objects.filter(pk=edit.pk).update(row={**edit.row, "params": params})
    in_force._layered.cache_clear()
    return edit


@pytest.fixture
def unread(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(4))
    return as_of_another_release(edit, {"min_length": "four"})


def tags_of(client, query=""):
    lines = client.get(LIST + query).context["lines"]
    return {line.key: [(tag.label, tag.tone) for tag in line.tags] for line in lines}


def test_list_says_that_it_cannot_be_read_and_not_that_it_holds(unread, writer):
    assert tags_of(writer, "?state=unreadable") == {"N19/shape": [("修改无法读取", "danger")]}


def test_rule_tells_which_edit_and_which_field(unread, writer):
    page = writer.get(NAME_PAGE).text

    assert "本版本无法读取我们发布的修改" in page
    assert "最少字数（params.min_length）" in page
    assert "须为整数" in page
    assert "按随产品提供的规则判断" in page
    assert "已发布，本版本无法读取" in page
    assert rules_now()["N19/shape"].kind.min_length == 3


def test_edit_itself_says_which_field_cannot_be_read(unread, writer):
    page = writer.get(reverse("orders:rule-edit", args=[unread.pk])).text

    assert "本版本无法读取这份修改，它不起作用" in page
    assert "最少字数（params.min_length）" in page


def test_edit_that_can_be_read_says_nothing_of_the_kind(author, publisher, writer):
    edit = publish(author.actor, publisher.actor, names_of(4))

    page = writer.get(reverse("orders:rule-edit", args=[edit.pk])).text

    assert "本版本无法读取" not in page


def test_edit_to_come_is_told_before_its_day(author, publisher, writer):
    tomorrow = clock.today() + timedelta(days=1)
    edit = publish(author.actor, publisher.actor, names_of(4), tomorrow)
    as_of_another_release(edit, {"min_length": "four"})

    assert tags_of(writer, "?state=unreadable") == {"N19/shape": [("修改无法读取", "danger")]}
    assert "已发布，本版本无法读取" in writer.get(NAME_PAGE).text


def test_later_edit_in_force_ends_the_warning(unread, author, publisher, writer):
    publish(author.actor, publisher.actor, names_of(5))

    assert tags_of(writer, "?state=unreadable") == {}
    assert "无法读取" not in writer.get(NAME_PAGE).text


def test_form_begins_with_what_can_still_be_read(unread, writer):
    form = writer.get(NAME_FORM).context["form"]

    answer = post(
        writer,
        NAME_FORM,
        {**sent_by(form), "param-min_length": "6", "reason": "按新版本重新填写。"},
    )

    assert answer.status_code == 302
    assert RuleEdit.objects.open().get().row["params"] == {"min_length": 6}


@pytest.mark.parametrize(
    ("key", "params"),
    [("N02", {"any_of": 5, "area_facts": "x"}), ("N08", {"pairs": 3}), ("N02", {"any_of": ["x"]})],
)
def test_figures_in_place_of_lists_are_shown_as_they_are(author, publisher, writer, key, params):
    edit = publish(author.actor, publisher.actor, {**shipped_row(key), "enabled": False})
    as_of_another_release(edit, params)
    address = key.replace("/", "~")

    assert writer.get(reverse("orders:rule", args=[address])).status_code == 200
    assert writer.get(reverse("orders:rule-form", args=[address])).status_code == 200


def test_unread_rule_no_release_ships_can_be_let_go(author, publisher, writer):
    edit = publish(author.actor, publisher.actor, {**shipped_row(), "id": "44-97", "part": ""})
    as_of_another_release(edit, {"least": 4})
    page = reverse("orders:rule", args=["44-97"])
    assert "也没有随产品提供的规则" in writer.get(page).text

    remove(author.actor, publisher.actor, "44-97")

    assert "无法读取" not in writer.get(page).text
    assert tags_of(writer, "?state=removed") == {"44-97": [("不再保留", "neutral")]}


def test_list_reads_one_published_row_of_each_rule(author, publisher):
    for least in (4, 5, 6):
        last = publish(author.actor, publisher.actor, names_of(least))

    assert list(RuleEdit.objects.standing()) == [last]
