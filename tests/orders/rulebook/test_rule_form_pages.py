"""What an operator typed stays on the page, whoever saved first; nothing is done by accident."""

import pytest
from django.urls import reverse

from beian import clock
from orders.actions.rule_edits import withdraw_rule_edit
from orders.enums import RuleEditState
from orders.forms.rule_edit import RuleForm
from orders.models import RuleEdit
from orders.rulebook import content
from orders.rulebook.content import rules_now, shipped_rules
from rules.overlay import rule_of
from tests.builders import client_of, post
from tests.orders.rulebook.stage import (
    as_tested,
    names_of,
    propose,
    publish,
    remove,
    row_of,
    save,
    shipped_row,
)
from tests.orders.rulebook.typed import sent_by

pytestmark = pytest.mark.django_db

NAME_FORM = reverse("orders:rule-form", args=["N19~shape"])
NEW = "44-97"
NEW_FORM = reverse("orders:rule-form", args=[NEW])
NEW_PAGE = reverse("orders:rule", args=[NEW])


@pytest.fixture
def writer(author):
    return client_of(author.user)


@pytest.fixture
def second(publisher):
    return client_of(publisher.user)


def typed(least, **changes):
    sent = sent_by(RuleForm(key="N19/shape", row=row_of()))
    return {**sent, "reason": "管局电话答复。", "param-min_length": str(least), **changes}


def length_of(edit):
    edit.refresh_from_db()
    return edit.row["params"]["min_length"]


# A colleague was first


def test_form_keeps_what_was_typed_when_a_colleague_began_first(author, second):
    edit = save(author.actor, names_of(4))

    page = post(second, NAME_FORM, typed(7))

    assert page.status_code == 200
    assert page.context["form"]["param-min_length"].value() == "7"
    assert "只有作者本人可以继续填写" in page.text
    assert reverse("orders:rule-edit", args=[edit.pk]) in page.text
    (row,) = [row for row in page.context["meanwhile"].rows if row.label == "最少字数"]
    assert (row.before, row.after) == ("4", "7")
    assert 'name="overwrite"' not in page.text


def test_form_with_a_fault_tells_of_the_colleague_too(author, second):
    save(author.actor, names_of(4))

    page = post(second, NAME_FORM, typed("many"))

    assert "最少字数只能填写数字，例如 3" in page.text
    assert "只有作者本人可以继续填写" in page.text


def test_page_can_be_saved_again_once_the_colleague_withdrew(author, publisher, second):
    edit = save(author.actor, names_of(4))
    post(second, NAME_FORM, typed(7))
    withdraw_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)

    post(second, NAME_FORM, typed(7))

    mine = RuleEdit.objects.open().get()
    assert (mine.author, length_of(mine)) == (publisher.user, 7)


# The same author in two tabs


def test_stale_tab_shows_both_and_overwrites_nothing_by_another_click(author, writer):
    edit = save(author.actor, names_of(4))
    old = edit.version
    edit = save(author.actor, names_of(5), version=old)

    pages = [post(writer, NAME_FORM, typed(6, version=old)) for _click in range(2)]

    for page in pages:
        assert "您填写的内容还没有保存" in page.text
        assert f'name="version" value="{old}"' in page.text
        (row,) = [row for row in page.context["meanwhile"].rows if row.label == "最少字数"]
        assert (row.before, row.after) == ("5", "6")
    assert length_of(edit) == 5


def test_tab_opened_before_there_was_a_draft_is_stale_too(author, writer):
    edit = save(author.actor, names_of(4))

    page = post(writer, NAME_FORM, typed(6))

    assert 'name="version"' not in page.text
    assert length_of(edit) == 4


@pytest.mark.parametrize("version", ["9" * 5000, "-1", "²"], ids=["endless", "negative", "raised"])
def test_page_of_an_unreadable_version_counts_as_an_old_one(author, writer, version):
    edit = save(author.actor, names_of(4))

    page = post(writer, NAME_FORM, typed(6, version=version))

    assert page.status_code == 200
    assert length_of(edit) == 4


def test_author_overwrites_the_draft_he_was_shown(author, writer):
    edit = save(author.actor, names_of(4))

    page = post(writer, NAME_FORM, typed(6))
    shown = page.context["meanwhile"].draft.version
    assert f'name="overwrite" value="{shown}"' in page.text
    post(writer, NAME_FORM, typed(6, overwrite=shown))

    assert length_of(edit) == 6


def test_draft_that_changed_again_is_not_overwritten_unseen(author, writer):
    edit = save(author.actor, names_of(4))
    seen = edit.version
    save(author.actor, names_of(5), version=seen)

    post(writer, NAME_FORM, typed(6, version=0, overwrite=seen))

    assert length_of(edit) == 5


# Acts on the page of an edit


@pytest.mark.parametrize("action", ["Publish", "publish ", "", "delete"])
def test_unknown_act_does_nothing_and_says_so(author, second, action):
    edit = as_tested(propose(author.actor, names_of(4)))
    day = clock.today()
    sent = {
        "version": edit.version,
        "effective_from_year": day.year,
        "effective_from_month": day.month,
        "effective_from_day": day.day,
    }

    answer = post(
        second,
        reverse("orders:rule-edit", args=[edit.pk]),
        {**sent, **({"action": action} if action else {})},
        follow=True,
    )

    edit.refresh_from_db()
    assert edit.state == RuleEditState.PROPOSED
    assert "没有这个操作" in answer.text


# Letting a rule go that no release ships


@pytest.fixture
def own(author, publisher):
    """A rule that operators made."""
    return publish(author.actor, publisher.actor, {**shipped_row(), "id": NEW, "part": ""})


def test_rule_no_release_ships_is_let_go_by_two_persons(own, author, publisher, writer):
    assert f"{NEW_FORM}?from=nothing" in writer.get(NEW_PAGE).text
    post(writer, f"{NEW_FORM}?from=nothing", {"reason": "规定已经废止。"})
    edit = RuleEdit.objects.open().get()
    assert (edit.row, edit.removes) == (None, True)
    shown = writer.get(reverse("orders:rule-edit", args=[edit.pk])).text
    assert "取消这条规则：从生效日期起不再判断任何订单。" in shown

    withdraw_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)
    remove(author.actor, publisher.actor, NEW)

    page = writer.get(NEW_PAGE).text
    assert "这条规则已经取消" in page
    assert f'href="{NEW_FORM}"' not in page
    assert f"{NEW_FORM}?from={own.pk}" in page
    assert NEW not in rules_now()
    (line,) = writer.get(f"{reverse('orders:rules')}?state=removed").context["lines"]
    assert (line.key, [tag.label for tag in line.tags]) == (NEW, ["不再保留"])


def test_rule_that_was_let_go_can_be_taken_up_again(own, author, publisher, writer):
    remove(author.actor, publisher.actor, NEW)

    form = writer.get(f"{NEW_FORM}?from={own.pk}").context["form"]
    post(writer, f"{NEW_FORM}?from={own.pk}", {**sent_by(form), "reason": "仍然有效。"})

    assert RuleEdit.objects.open().get().row["params"] == {"min_length": 3}


def test_draft_that_lets_go_opens_as_what_it_is(own, writer):
    post(writer, f"{NEW_FORM}?from=nothing", {"reason": "规定已经废止。"})

    page = writer.get(NEW_FORM, follow=True)
    assert f"<h1>不再保留规则 {NEW}</h1>" in page.text

    assert page.redirect_chain[-1][0] == f"{NEW_FORM}?from=nothing"
    assert "规定已经废止。" in page.text
    assert page.context["seen_version"] == 1


@pytest.mark.parametrize("address", [NEW_FORM, f"{NEW_FORM}?from=nothing"])
def test_draft_that_lets_go_of_what_an_upgrade_ships_opens_as_its_row(
    own, writer, monkeypatch, address
):
    post(writer, f"{NEW_FORM}?from=nothing", {"reason": "规定已经废止。"})
    shipped = {**shipped_rules(), NEW: rule_of(own.row)}
    monkeypatch.setattr(content, "shipped_rules", lambda: shipped)

    page = writer.get(address, follow=True)

    assert page.status_code == 200
    assert page.context["form"]["reason"].value() == "规定已经废止。"
    assert page.context["form"]["param-min_length"].value() == 3


def test_removal_asks_why(own, writer):
    page = post(writer, f"{NEW_FORM}?from=nothing", {"reason": ""})

    assert "请填写修改原因" in page.text
    assert not RuleEdit.objects.open().exists()


def test_shipped_rule_is_not_let_go(author, publisher, writer):
    publish(author.actor, publisher.actor, names_of(4))

    assert writer.get(f"{NAME_FORM}?from=nothing").status_code == 404
    assert "?from=nothing" not in writer.get(reverse("orders:rule", args=["N19~shape"])).text


def test_rule_a_release_dropped_can_be_let_go(author, publisher, writer):
    edit = publish(author.actor, publisher.actor, {**shipped_row(), "id": NEW, "part": ""})
    RuleEdit.objects.filter(pk=edit.pk).update(base_row=edit.row, base_digest="older")

    page = writer.get(NEW_PAGE).text

    assert "升级后的产品不再提供这条规则" in page
    remove(author.actor, publisher.actor, NEW)
    assert "升级后有冲突" not in writer.get(NEW_PAGE).text
