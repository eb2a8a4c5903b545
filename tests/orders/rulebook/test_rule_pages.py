"""The pages of the rules: two operators take an edit from the list into force."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName as Role
from orders.actions.rule_edits import withdraw_rule_edit
from orders.actions.rule_trials import run_trials
from orders.enums import RuleEditState
from orders.forms.rule_edit import RuleForm
from orders.models import RuleEdit
from orders.rulebook.content import rules_now
from orders.rulebook.history import edits_of, history
from orders.rulebook.listing import Filters, rule_lines
from rules.loader import read_rules, shipped_rule_set
from rules.writing import toml_of
from tests.builders import client_of, make_staff, post
from tests.orders.rulebook.stage import (
    NAME,
    as_tested,
    names_of,
    propose,
    publish,
    row_of,
    save,
    shipped_row,
)
from tests.orders.rulebook.typed import sent_by
from tests.statements import recorded

pytestmark = pytest.mark.django_db

LIST = reverse("orders:rules")
NAME_PAGE = reverse("orders:rule", args=["N19~shape"])
NAME_FORM = reverse("orders:rule-form", args=["N19~shape"])
FILES = reverse("orders:rule-files")


def page_of(edit):
    return reverse("orders:rule-edit", args=[edit.pk])


@pytest.fixture
def writer(author):
    return client_of(author.user)


@pytest.fixture
def second(publisher):
    return client_of(publisher.user)


def text(answer):
    return answer.content.decode()


def typed(**changes):
    row = row_of()
    sent = {**sent_by(RuleForm(key="N19/shape", row=row)), "reason": "管局电话答复。"}
    return {**sent, **changes}


def test_edit_goes_through_the_pages_from_the_list_into_force(writer, second):
    assert NAME_PAGE in text(writer.get(f"{LIST}?kind=name_shape"))
    assert NAME_FORM in text(writer.get(NAME_PAGE))
    post(writer, NAME_FORM, typed(**{"param-min_length": "4"}))
    edit = RuleEdit.objects.get()
    post(writer, page_of(edit), {"action": "try", "version": edit.version})
    assert "正在试算" in text(writer.get(page_of(edit)))
    run_trials()
    assert "会不同的样例" in text(writer.get(page_of(edit)))
    post(writer, page_of(edit), {"action": "propose", "version": edit.version})

    day = clock.today()
    shown = text(second.get(page_of(edit)))
    assert f'value="{day.year}"' in shown
    post(
        second,
        page_of(edit),
        {
            "action": "publish",
            "version": edit.version,
            "effective_from_year": day.year,
            "effective_from_month": day.month,
            "effective_from_day": day.day,
        },
    )

    assert rules_now()["N19/shape"].kind.min_length == 4
    page = text(writer.get(NAME_PAGE))
    assert "operator-1 修改，operator-2 发布" in page
    assert "管局电话答复。" in page


def test_author_sees_no_button_to_publish_and_cannot_post_it(writer, author):
    edit = as_tested(propose(author.actor, names_of(4)))
    day = clock.today()

    page = text(writer.get(page_of(edit)))
    answer = post(
        writer,
        page_of(edit),
        {
            "action": "publish",
            "version": edit.version,
            "effective_from_year": day.year,
            "effective_from_month": day.month,
            "effective_from_day": day.day,
        },
        follow=True,
    )

    assert 'value="publish"' not in page
    assert "您是修改的作者，须由另一位同事发布。" in page
    assert "您是修改的作者，须由另一位同事发布。" in text(answer)
    edit.refresh_from_db()
    assert edit.state == RuleEditState.PROPOSED


def test_day_in_the_past_is_told_beside_the_field(author, second):
    edit = as_tested(propose(author.actor, names_of(4)))
    day = clock.today() - timedelta(days=1)

    page = text(
        post(
            second,
            page_of(edit),
            {
                "action": "publish",
                "version": edit.version,
                "effective_from_year": day.year,
                "effective_from_month": day.month,
                "effective_from_day": day.day,
            },
        )
    )

    assert f"生效日期最早是 {clock.today().isoformat()}，请填写这一天或以后的日期。" in page
    assert f'value="{day.year}"' in page


def test_second_person_sends_back_with_a_note_the_author_reads(author, writer, second):
    edit = as_tested(propose(author.actor, names_of(4)))

    post(second, page_of(edit), {"action": "send-back", "version": edit.version, "note": ""})
    edit.refresh_from_db()
    assert edit.state == RuleEditState.PROPOSED
    post(
        second,
        page_of(edit),
        {"action": "send-back", "version": edit.version, "note": "请写明文号。"},
    )

    assert "请写明文号。" in text(writer.get(NAME_FORM))


def test_wrong_figure_stays_in_its_box_with_its_error(writer):
    page = text(post(writer, NAME_FORM, typed(**{"param-min_length": "many"})))

    assert "最少字数只能填写数字，例如 3" in page
    assert 'value="many"' in page
    assert not RuleEdit.objects.exists()


def test_list_is_turned_there_and_back(writer, change_setting):
    change_setting("lists.rows_per_page", 3)

    first = writer.get(LIST)
    second = writer.get(LIST + first.context["pager"]["older"])
    back = writer.get(LIST + second.context["pager"]["newer"])

    keys = [[line.key for line in page.context["lines"]] for page in (first, second, back)]
    assert [len(each) for each in keys] == [3, 3, 3]
    assert keys[0] == keys[2]
    assert not set(keys[0]) & set(keys[1])


def test_colleagues_draft_leads_to_its_page(author, second):
    edit = save(author.actor, names_of(4))

    answer = second.get(NAME_FORM, follow=True)

    assert answer.redirect_chain[-1][0] == page_of(edit)
    assert "只有作者本人可以继续填写" in text(answer)


def test_earlier_version_can_be_taken_up_again(author, publisher, writer):
    first = publish(author.actor, publisher.actor, names_of(4))
    publish(author.actor, publisher.actor, names_of(5))
    assert f"{NAME_FORM}?from={first.pk}" in text(writer.get(NAME_PAGE))

    form = writer.get(f"{NAME_FORM}?from={first.pk}").context["form"]
    post(writer, f"{NAME_FORM}?from={first.pk}", {**sent_by(form), "reason": "恢复。"})

    assert RuleEdit.objects.open().get().row["params"] == {"min_length": 4}


def test_shipped_rule_can_be_taken_back(author, publisher, writer):
    publish(author.actor, publisher.actor, names_of(4))

    form = writer.get(f"{NAME_FORM}?from=shipped").context["form"]
    post(writer, f"{NAME_FORM}?from=shipped", {**sent_by(form), "reason": "恢复。"})

    assert RuleEdit.objects.open().get().row is None


def test_conflict_shows_both_sides_and_either_can_be_chosen(author, publisher, writer):
    edit = publish(author.actor, publisher.actor, names_of(4))
    old = {**shipped_row(), "params": {"min_length": 2}}
    RuleEdit.objects.filter(pk=edit.pk).update(base_row=old, base_digest="older")

    page = text(writer.get(NAME_PAGE))
    assert "升级后有冲突" in text(writer.get(f"{LIST}?state=conflict"))
    conflict = page[page.index('id="conflict"') : page.index('id="history"')]
    assert conflict.count("最少字数") == 2
    form = writer.get(f"{NAME_FORM}?from={edit.pk}").context["form"]
    post(writer, f"{NAME_FORM}?from={edit.pk}", {**sent_by(form), "reason": "保留。"})

    kept = RuleEdit.objects.open().get()
    assert kept.row["params"] == {"min_length": 4}
    assert kept.base_row == shipped_row()


def test_form_says_which_version_it_begins_with(author, publisher, writer):
    first = publish(author.actor, publisher.actor, names_of(4))
    publish(author.actor, publisher.actor, names_of(5))

    assert "下面是随产品提供的规则的内容" in text(writer.get(f"{NAME_FORM}?from=shipped"))
    assert "那次修改的内容" in text(writer.get(f"{NAME_FORM}?from={first.pk}"))
    assert "下面是" not in text(writer.get(NAME_FORM))


def test_withdrawn_edit_is_told_against_what_held_when_it_was_written(author, publisher, writer):
    edit = propose(author.actor, names_of(4))
    withdraw_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)
    publish(author.actor, publisher.actor, names_of(6))

    edits = edits_of(NAME)
    withdrawn = next(line for line in history(edits) if line.edit.pk == edit.pk)
    assert [(row.before, row.after) for row in withdrawn.rows] == [("3", "4")]


@pytest.mark.parametrize("query", ["?from=nobody", "?from=00000000-0000-0000-0000-000000000007"])
def test_version_that_is_not_there_is_not_found(writer, query):
    assert writer.get(NAME_FORM + query).status_code == 404


def test_rule_that_is_not_there_is_not_found(writer):
    assert writer.get(reverse("orders:rule", args=["N98"])).status_code == 404
    assert writer.get(reverse("orders:rule-form", args=["N98"])).status_code == 404


@pytest.mark.parametrize(
    "address", ["N19%00", "N19~%00", "N19~%0Ashape", "nowhere", "N19~" + "p" * 55]
)
def test_address_that_is_no_rules_is_not_found(writer, address):
    assert writer.get(f"{LIST}{address}/").status_code == 404
    assert writer.get(f"{LIST}{address}/edit/").status_code == 404


def test_list_is_filtered_and_turned_by_rule(writer, author):
    save(author.actor, names_of(4))

    first = writer.get(f"{LIST}?province=national")
    after = first.context["pager"]["older"]
    second_page = writer.get(LIST + after)
    drafts = writer.get(f"{LIST}?state=open")

    keys = [line.key for line in first.context["lines"]]
    assert keys == sorted(keys)
    assert set(keys).isdisjoint(line.key for line in second_page.context["lines"])
    assert [line.key for line in drafts.context["lines"]] == ["N19/shape"]


def test_list_says_the_figures_a_rule_demands(writer):
    titles = {line.key: line.title for line in rule_lines(Filters())}

    assert titles["N11/subject"] == "主办单位的证件剩余有效期应不少于 3 个月。"
    assert "{" not in "".join(titles.values())


def test_list_asks_as_often_for_one_edit_as_for_three(writer, author, publisher):
    def reads():
        writer.get(LIST)
        with recorded() as statements:
            writer.get(LIST)
        return statements.reads

    publish(author.actor, publisher.actor, names_of(4))
    one = reads()
    publish(author.actor, publisher.actor, row_of("N01", enabled=False))
    save(author.actor, row_of("N03", enabled=False))

    assert reads() == one <= 8


def test_rule_asks_as_often_for_one_edit_as_for_three(writer, author, publisher):
    def reads():
        writer.get(NAME_PAGE)
        with recorded() as statements:
            writer.get(NAME_PAGE)
        return statements.reads

    publish(author.actor, publisher.actor, names_of(4))
    one = reads()
    publish(author.actor, publisher.actor, names_of(5))
    publish(author.actor, publisher.actor, names_of(6))

    assert reads() == one <= 8


def test_reviewers_do_not_see_the_rules_in_their_menu():
    reviewer = client_of(make_staff(Role.REVIEWER, name="reviewer-7").user)

    assert LIST not in text(reviewer.get(reverse("orders:queue")))
    assert reviewer.get(LIST).status_code == 403


# Files


def upload(client, content, name="national.toml", **more):
    file = SimpleUploadedFile(name, content.encode())
    return post(client, FILES, {"file": file, "reason": "管局通知。", **more})


def confirm(client, content):
    values = {"action": "confirm", "name": "national.toml", "text": content, "reason": "管局通知。"}
    return post(client, FILES, values, follow=True)


def test_export_holds_what_is_in_force_and_can_be_read_again(writer, author, publisher):
    publish(author.actor, publisher.actor, names_of(4))

    answer = writer.get(reverse("orders:rule-export", args=["national"]))

    rules = {rule.row.key: rule for rule in read_rules(text(answer), "national.toml", None)}
    shipped = {r.row.key for r in shipped_rule_set().rules if r.province is None}
    assert set(rules) == shipped
    assert rules["N19/shape"].kind.min_length == 4
    assert 'filename="national.toml"' in answer["Content-Disposition"]


def test_export_of_nowhere_is_not_found(writer):
    assert writer.get(reverse("orders:rule-export", args=["98"])).status_code == 404


def test_import_shows_the_differences_and_then_proposes_them(writer, second):
    content = toml_of([names_of(4), row_of("N01")])

    page = text(upload(writer, content))
    assert "1 条与现行规则不同，1 条相同" in page
    assert not RuleEdit.objects.exists()
    confirm(writer, content)

    edit = RuleEdit.objects.get()
    assert (edit.rule_key, edit.state) == ("N19/shape", RuleEditState.PROPOSED)
    assert edit.reason == "管局通知。"
    assert edit.is_being_tested
    assert page_of(edit) in text(second.get(NAME_PAGE))


FAULTY = [
    ({"params": {"min_length": "many"}}, "最少字数（params.min_length） · 须为整数"),
    ({"source": {"title": "示例来源"}}, "查阅日期（source.retrieved） · 缺少必填的内容"),
    ({"kind": "min_height"}, "种类（kind） · 没有这个种类"),
    ({"text": {}}, "提示文字（text） · 缺少提示文字"),
    (
        {"title": {"zh": "名称{至少三个字。", "en": "At least 3."}},
        "要求（中文）（title.zh） · 花括号须成对",
    ),
    ({"id": "N1"}, "规则编号（id） · 规则编号形如 N19"),
    ({"id": "N00"}, "规则编号（id） · 规则编号形如 N19 或 44-03，从 01 起"),
    ({"part": "p" * 54}, "编号的后缀（part） · 只能用小写英文字母、数字和下划线"),
    ({"part": "shape~new"}, "编号的后缀（part） · 只能用小写英文字母、数字和下划线"),
    ({"who": ["X"]}, "适用的主办者第 1 项（who.0） · 没有这种主办者：X"),
    (
        {"valid_from": "2026-12-01", "valid_to": "2026-11-30"},
        "规定失效日（valid_to） · 规定失效日不能早于规定施行日",
    ),
]


@pytest.mark.parametrize(("values", "complaint"), FAULTY)
def test_faulty_import_names_file_rule_and_field_and_writes_nothing(writer, values, complaint):
    content = toml_of([row_of("N01", enabled=False), row_of(**values)])

    page = text(upload(writer, content, name="changed.toml"))
    answer = confirm(writer, content)

    plain = " ".join(page.replace("<span", " <span").split())
    assert f"changed.toml，规则 {values.get('id', 'N1')}" in plain
    for part in complaint.split(" · "):
        assert part in plain
    assert 'value="confirm"' not in page
    assert "没有导入任何规则" in text(answer)
    assert not RuleEdit.objects.exists()


def test_rule_of_another_place_does_not_come_in_with_a_file(writer):
    content = toml_of([row_of("N01"), {**names_of(4), "id": "44-97"}])

    assert "规则编号不属于这个文件" in text(upload(writer, content))


def test_rule_somebody_edits_keeps_the_whole_file_out(writer, author):
    save(author.actor, names_of(5))
    content = toml_of([names_of(4), row_of("N01", enabled=False)])

    page = text(upload(writer, content))
    confirm(writer, content)

    assert "operator-1 正在修改这条规则" in page
    assert [edit.rule_key for edit in RuleEdit.objects.all()] == ["N19/shape"]


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("rules.csv", "x", "规则文件须为导出的 .toml 文件"),
        ("rules.toml", "", "规则文件是空的"),
        ("rules.toml", "[[rule", "文件不是有效的 TOML"),
        ("rules.toml", "a = " + "[" * 20_000, "嵌套的层次太多"),
        ("rules.toml", "a = " + "9" * 5_000, "文件不是有效的 TOML"),
        ("rules.toml", "x" * (512 * 1024 + 1), "规则文件超过 512 KB"),
    ],
)
def test_file_that_is_none_is_refused(writer, name, content, complaint):
    assert complaint in text(upload(writer, content, name=name))


def test_file_in_another_encoding_is_refused(writer):
    file = SimpleUploadedFile("national.toml", "规则".encode("gb18030"))

    page = text(post(writer, FILES, {"file": file, "reason": "管局通知。"}))

    assert "不是 UTF-8 编码的文本" in page
