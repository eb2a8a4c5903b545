"""What an import takes for a change, and what it says about a file that is none."""

import ast
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pydantic import ValidationError

import rules
from beian import clock
from orders.forms.rule_import import LONGEST_NAME
from orders.models import RuleEdit
from orders.rulebook.fault_words import words_of
from orders.rulebook.files import file_in_force, read_import
from rules.kinds import KINDS
from rules.loader import Fault, RuleDataError, read_rule
from rules.writing import toml_of
from tests.builders import client_of, post
from tests.orders.rulebook.stage import names_of, publish, shipped_row

pytestmark = pytest.mark.django_db

FILES = reverse("orders:rule-files")
TWO_ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


@pytest.fixture
def writer(author):
    return client_of(author.user)


def upload(client, content, name="national.toml"):
    file = SimpleUploadedFile(name, content.encode())
    return post(client, FILES, {"file": file, "reason": "管局通知。"})


# A rule with an edit to come


@pytest.fixture
def tomorrow(author, publisher):
    return publish(author.actor, publisher.actor, names_of(5), clock.today() + timedelta(days=1))


def test_untouched_export_proposes_nothing_against_an_edit_to_come(tomorrow, writer):
    found = read_import(file_in_force("national"), "national.toml")
    page = upload(writer, file_in_force("national")).text

    assert (found.lines, found.left, found.faults) == ([], [tomorrow], [])
    assert "尚未生效的修改，文件里是现在的内容" in page
    assert reverse("orders:rule-edit", args=[tomorrow.pk]) in page


def test_file_with_a_fault_speaks_of_nothing_it_would_leave(tomorrow, writer):
    content = toml_of([shipped_row(), {**shipped_row("N01"), "who": ["Z"]}])

    page = upload(writer, content).text

    assert "没有这种主办者：Z" in page
    assert "导入不改变这些修改" not in page


def test_faulty_file_is_an_error_and_the_reason_is_there_for_the_next_one(writer):
    page = upload(writer, "x = = 1").text

    assert "<title>错误：规则的导入和导出" in page
    assert "选择其他文件" in page
    assert "管局通知。</textarea>" in page


def test_file_looked_at_on_a_day_to_come_is_refused(writer):
    row = names_of(5)
    content = toml_of([{**row, "source": {**row["source"], "retrieved": "2999-01-01"}}])

    assert "查阅日期不能晚于今天" in upload(writer, content).text


def test_file_that_has_what_is_to_come_changes_nothing_either(tomorrow):
    found = read_import(toml_of([names_of(5)]), "national.toml")

    assert (found.lines, found.left, found.same) == ([], [], 1)


def test_other_row_names_the_edit_it_would_follow(tomorrow, writer):
    content = toml_of([names_of(6)])

    (line,) = read_import(content, "national.toml").lines
    page = upload(writer, content).text

    assert line.to_come == tomorrow
    assert [(row.before, row.after) for row in line.rows] == [("5", "6")]
    assert "导入的内容发布后会取代它" in page


# Files that are none


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("# nothing\n", "文件里没有 [[rule]] 开头的规则"),
        ('[settings]\nid = "N19"\n', "最外层只能有 [[rule]]，请删除或改正：settings"),
        ('[[rules]]\nid = "N19"\n', "最外层只能有 [[rule]]，请删除或改正：rules"),
        ('[rule]\nid = "N19"\n', "规则须是 [[rule]] 开头的表"),
        ("[[rule]]\nid = \n", "文件不是有效的 TOML：第 2 行第 6 列"),
    ],
)
def test_file_without_rules_is_refused_and_not_taken_for_equal(writer, content, complaint):
    page = upload(writer, content).text

    assert complaint in page
    assert "条与现行规则不同" not in page


def test_stranger_beside_the_rules_is_not_passed_over(writer):
    content = toml_of([names_of(4)]) + '\n[[rul]]\nid = "N01"\n'

    assert "请删除或改正：rul" in upload(writer, content).text
    assert not RuleEdit.objects.exists()


# Names, and what comes back with the confirmation


def test_file_with_a_long_name_is_taken_over(writer):
    content = toml_of([names_of(4)])

    page = upload(writer, content, name=f"{'导出的规则' * 40}.toml")
    confirm = page.context["confirm"].initial
    post(writer, FILES, {"action": "confirm", **confirm})

    assert len(confirm["name"]) == LONGEST_NAME
    assert confirm["name"].endswith("….toml")
    assert RuleEdit.objects.get().row["params"] == {"min_length": 4}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": "n" * 121}, "文件名超过 120 个字，请缩短后重新选择文件"),
        ({"text": ""}, "缺少规则文件，请重新选择文件"),
        ({"reason": "由" * 501}, "修改原因超过 500 个字，请缩短后重新选择文件"),
    ],
)
def test_confirmation_names_what_is_wrong(writer, changes, complaint):
    sent = {"name": "national.toml", "text": toml_of([names_of(4)]), "reason": "管局通知。"}

    answer = post(writer, FILES, {"action": "confirm", **sent, **changes}, follow=True)

    assert [str(each) for each in answer.context["messages"]] == [complaint]


# Words of faults


def faults_of(row):
    with pytest.raises(RuleDataError) as refusal:
        read_rule("", row, None)
    return refusal.value.faults


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"who": ["Z"]}, "who.0", "没有这种主办者：Z"),
        ({"orders": ["new", "Z"]}, "orders.1", "没有这种订单：Z"),
        ({"who": []}, "who", "至少须有一项"),
        ({"who": "P"}, "who", "须为一组，写在 [ ] 中"),
        ({"kind": None}, "", "须写明种类（kind）和结果（outcome）"),
        ({"outcome": "bloc"}, "outcome", "没有这个选项"),
        ({"enabled": "perhaps"}, "enabled", "须为 true 或 false"),
        ({"title": {"zh": "名", "en": "Name."}}, "title.zh", "文字太短"),
        ({"source": "x"}, "source", "须为有名称和内容的一组，写在 { } 中"),
        ({"kind": "min_age", "params": {"years": 121}}, "params.years", "最大是：120"),
        ({"kind": "min_height"}, "kind", "没有这个种类：min_height"),
        ({"params": {"min_length": 2.5}}, "params.min_length", "须为整数"),
        (
            {"text": {}},
            "text",
            "缺少提示文字：domain, only_digits, only_latin, special_sign, too_short",
        ),
        ({"color": "red"}, "color", "没有这个参数"),
    ],
)
def test_fault_is_told_once_and_in_chinese(values, field, words):
    row = {name: value for name, value in {**shipped_row(), **values}.items() if value is not None}

    faults = faults_of(row)

    assert [(fault.field, words_of(fault)) for fault in faults] == [(field, words)]


def raised_in(tree):
    """What the ValueErrors of a module say; the part behind the last {…} of an f-string."""
    for node in ast.walk(tree):
        is_error = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ValueError"
        for argument in node.args if is_error else ():
            parts = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
            yield parts[-1].value if len(parts) == 1 else f"x{parts[-1].value}"


def test_every_sentence_of_a_row_or_kind_has_words_of_ours():
    folder = Path(rules.__file__).parent
    files = [*sorted((folder / "kinds").glob("*.py")), folder / "row.py", folder / "wordlists.py"]
    sentences = [each for file in files for each in raised_in(ast.parse(file.read_text("utf-8")))]
    assert len(sentences) > 20

    told = {each: words_of(Fault("", "value_error", f"Value error, {each}")) for each in sentences}

    assert {each for each, words in told.items() if TWO_ENGLISH_WORDS.search(words)} == set()
    assert {each for each, words in told.items() if "不符合规则的格式" in words} == set()


ODD = ["x", -5, 10**5, 2.5, True, [], ["x"], [5], {}, {"x": "y"}, {"x": 5}]


def test_odd_values_of_any_parameter_are_told_in_chinese():
    codes = {}
    for kind in KINDS.values():
        for name in kind.model_fields:
            for value in ODD:
                try:
                    kind.model_validate({name: value})
                except ValidationError as error:
                    codes |= {each["type"]: each["msg"] for each in error.errors()}

    told = {code: words_of(Fault("params.x", code, words, "1")) for code, words in codes.items()}

    assert {code: words for code, words in told.items() if "不符合规则的格式" in words} == {}
