"""The form of a rule: made from its kind, checked like a file, and it loses no part of the row."""

import pytest
from django.utils import translation

from orders.rulebook import words
from orders.rulebook.description import differences
from orders.rulebook.files import read_import
from orders.rulebook.lines import LineError, RepeatedLine, text_of, value_of
from orders.rulebook.parameters import Parameter, Parts, Shape, parameters_of
from rules.kinds import KINDS
from rules.loader import shipped_rule_set
from rules.overlay import table_of
from rules.who import WHO
from rules.writing import toml_of
from tests.orders.rulebook.stage import shipped_row
from tests.orders.rulebook.typed import typed_form

pytestmark = pytest.mark.django_db
YEAR_2027 = {"year": 2027, "month": 1, "day": 1}


def test_form_of_every_shipped_rule_gives_its_row_back():
    for rule in shipped_rule_set().rules:
        form = typed_form(table_of(rule))

        assert form.is_valid(), (rule.row.key, form.errors)
        assert form.row_typed == table_of(rule), rule.row.key


def test_every_kind_and_parameter_has_a_name_in_both_languages():
    tables = words.tables()
    names = {parameter.name for kind in KINDS.values() for parameter in parameters_of(kind)}

    assert set(KINDS) - set(tables["kind"]) == set()
    assert names - set(tables["parameter"]) == set()
    assert {key for table in tables.values() for key, text in table.items() if len(text) != 2} == (
        set()
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_two_groups_of_subjects_read_the_same(language):
    with translation.override(language):
        labels = [words.who_label(letter) for letter in WHO]

    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("kind", "name", "shape"),
    [
        ("min_age", "years", Shape.NUMBER),
        ("min_age", "roles", Shape.CHOICES),
        ("age_band_needs_proof", "any_of", Shape.CHOICES),
        ("same_area", "left", Shape.CHOICE),
        ("name_words", "words", Shape.CHOICE),
        ("name_words", "at_head", Shape.FLAG),
        ("suffix_rule", "unless_filed_before", Shape.DAY),
        ("suffix_rule", "allow", Shape.LINES),
        ("id_types_by_residency", "allowed", Shape.LINES),
        ("phones_distinct", "pairs", Shape.LINES),
    ],
)
def test_parameter_is_asked_for_by_its_type(kind, name, shape):
    (found,) = [each for each in parameters_of(KINDS[kind]) if each.name == name]

    assert found.shape == shape


def test_figure_is_typed_and_its_limits_are_those_of_the_kind():
    rule = next(rule for rule in shipped_rule_set().rules if rule.row.kind == "min_age")
    row = table_of(rule)
    too_old = typed_form(row, **{"param-years": "121"})
    good = typed_form(row, **{"param-years": "20"})

    assert good.is_valid(), good.errors
    assert good.row_typed["params"]["years"] == 20
    assert too_old.errors["param-years"] == ["年龄（周岁）最大是 120"]


def test_papers_are_chosen_from_the_list_and_the_first_one_stays_first():
    row = shipped_row("N02")
    form = typed_form(
        row,
        **{
            "param-any_of": [
                "residence_permit",
                "temporary_residence_permit",
                "auth_letter_principal",
            ]
        },
    )

    assert form.is_valid(), form.errors
    assert form.row_typed["params"]["any_of"] == [
        "residence_permit",
        "temporary_residence_permit",
        "auth_letter_principal",
    ]


@pytest.mark.parametrize(
    ("changes", "name", "words_of_error"),
    [
        (
            {"title_zh": "Only English"},
            "title_zh",
            "要求（中文）：中文文字中没有汉字，请用中文填写",
        ),
        ({"title_en": ""}, "title_en", "请填写要求（英文）"),
        ({"who": []}, "who", "请选择适用的主办者"),
        ({"source_title": ""}, "source_title", "请填写来源"),
        ({"source_retrieved_year": ""}, "source_retrieved", "查阅日期不完整，请把年、月、日都填上"),
        ({"reason": " "}, "reason", "请填写修改原因"),
        ({"text-too_short-zh": ""}, "text-too_short-zh", "请填写提示（中文） · 名称太短"),
        (
            {"text-too_short-zh": "少于{least}个字"},
            "text-too_short-zh",
            "提示（中文） · 名称太短：花括号中的名称没有数值可填，请改正或删除：least",
        ),
        (
            {"text-too_short-zh": "少于{字"},
            "text-too_short-zh",
            "提示（中文） · 名称太短：花括号须成对",
        ),
        (
            {"source_url": "javascript:alert(1)"},
            "source_url",
            "来源网址须以 http:// 或 https:// 开头",
        ),
        (
            {
                f"source_retrieved_{part}": value
                for part, value in (YEAR_2027 | {"year": 2999}).items()
            },
            "source_retrieved",
            "查阅日期不能晚于今天，请填写最近一次核对来源的日期",
        ),
        ({"title_zh": "少于{min_length!r}个字"}, "title_zh", "花括号须成对"),
        ({"param-min_length": "x"}, "param-min_length", "最少字数只能填写数字，例如 3"),
        (
            {
                **{f"valid_from_{part}": value for part, value in YEAR_2027.items()},
                **{
                    f"valid_to_{part}": value
                    for part, value in (YEAR_2027 | {"year": 2026}).items()
                },
            },
            "valid_to",
            "规定失效日不能早于规定施行日，请改正其中一个",
        ),
    ],
)
def test_fault_stands_beside_its_field(changes, name, words_of_error):
    form = typed_form(shipped_row("N19/shape"), **changes)

    assert not form.is_valid()
    assert list(form.errors) == [name]
    assert words_of_error in form.errors[name][0]


@pytest.mark.parametrize("name", ["source_retrieved", "valid_from"])
def test_day_that_is_none_speaks_of_no_certificate(name):
    given = {f"{name}_year": 2026, f"{name}_month": 2, f"{name}_day": 30}
    form = typed_form(shipped_row("N19/shape"), **given)

    assert "不是真实存在的日期，请改正" in form.errors[name][0]
    assert "证件" not in form.errors[name][0]


def test_rule_of_low_confidence_cannot_stop_anybody():
    form = typed_form(shipped_row("N19/shape"), confidence="low")

    assert "可信程度为“低”的规则只能停用" in form.errors["__all__"][0]


def unsure(key: str) -> dict:
    return {**shipped_row(key), "outcome": "block", "confidence": "medium"}


def test_way_to_object_is_offered_and_shown_in_the_differences():
    row = unsure("44-04")
    form = typed_form(row, takes_objection="yes")
    back = typed_form(shipped_row("23-01"), takes_objection="no")

    assert form.is_valid(), form.errors
    assert form.row_typed == {**row, "takes_objection": True}
    assert [(line.before, line.after) for line in differences(row, form.row_typed)] == [
        (None, "仍可提出异议")
    ]
    assert back.is_valid(), back.errors
    assert "takes_objection" not in back.row_typed


@pytest.mark.parametrize(
    "changes", [{"outcome": "advice"}, {"outcome": "material"}, {"confidence": "high"}]
)
def test_only_an_unsure_block_takes_an_objection(changes):
    form = typed_form(unsure("44-04"), takes_objection="yes", **changes)

    assert form.errors["takes_objection"] == [
        "只有结果为“阻止提交”、可信程度不是“高”的规则可以提出异议"
    ]


@pytest.mark.parametrize("kind", ["min_age", None])
def test_rule_about_an_age_and_one_kept_elsewhere_ask_nothing_about_objections(kind):
    rule = next(r for r in shipped_rule_set().rules if r.province and r.row.kind == kind)

    assert "takes_objection" not in typed_form(table_of(rule)).fields


def test_national_rule_asks_nothing_about_objections():
    assert "takes_objection" not in typed_form(shipped_row("N01")).fields


@pytest.mark.parametrize(
    ("key", "words_of_error"),
    [
        ("N19/shape", "全国规则不取代其他规则，不用选择"),
        ("44-03", "关于最低年龄的规则不接受异议"),
    ],
)
def test_file_cannot_say_it_either(key, words_of_error):
    row = {**unsure(key), "takes_objection": True}

    (fault,) = read_import(toml_of([row]), "a.toml").faults

    assert fault.words == words_of_error


def test_parameter_that_opens_a_finding_asks_for_its_text():
    row = shipped_row("N19/shape")
    asked = typed_form(row, **{"param-max_length": "20"})
    assert "text-too_long-zh" in asked.errors
    assert "text-too_long-remedy_en" in asked.fields

    text = {"zh": "名称太长。", "en": "Too long.", "remedy_zh": "请缩短。", "remedy_en": "Shorten."}
    given = {f"text-too_long-{part}": value for part, value in text.items()}
    form = typed_form(row, **{"param-max_length": "20", **given})

    assert form.is_valid(), form.errors
    assert form.row_typed["text"]["too_long"] == text


def test_text_of_a_finding_that_is_gone_goes_with_it():
    row = shipped_row("N20/shape")
    row["text"] = {**row["text"], "special_sign": row["text"]["default"]}

    form = typed_form(row, **{"param-signs": [], "param-max_length": "10"})

    assert form.is_valid(), form.errors
    assert set(form.row_typed["text"]) == {"default", "too_short", "too_long"}


PAIR = ("about", "left", "right", "unless_repeats")
LINES = {
    Parts.WORD: ["科技", "网络"],
    Parts.SET: [["a", "b"], ["c"]],
    Parts.PAIR: [{"about": "x", "left": "y", "right": "z"}],
    Parts.ENTRY: {"旧": "新"},
    Parts.ENTRY_OR_LIST: {"华苑": ["南开区", "西青区"], "示例": "示例区"},
    Parts.ENTRY_OF_LIST: {"hk": ["passport", "permit"], "tw": []},
    Parts.ENTRY_OF_SETS: {"hk": [["a", "b"], ["c"]]},
}


@pytest.mark.parametrize("parts", Parts)
def test_lines_say_what_the_row_holds(parts):
    parameter = Parameter("p", Shape.LINES, parts=parts, names=PAIR, needed=PAIR[:3])

    assert value_of(parameter, text_of(parameter, LINES[parts])) == LINES[parts]


def test_full_width_signs_do_as_well():
    parameter = Parameter("p", Shape.LINES, parts=Parts.ENTRY_OF_LIST)

    assert value_of(parameter, "hk＝passport，permit、card") == {
        "hk": ["passport", "permit", "card"]
    }


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (Parts.ENTRY, "旧 = 新\n没有等号"),
        (Parts.PAIR, "about = x, left = y, right = z\nabout = x"),
        (Parts.ENTRY_OF_LIST, "hk = a\n= b"),
    ],
)
def test_line_without_its_parts_is_told_by_number(parts, text):
    parameter = Parameter("p", Shape.LINES, parts=parts, names=PAIR, needed=PAIR[:3])

    with pytest.raises(LineError) as refusal:
        value_of(parameter, text)

    assert refusal.value.args == (2,)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (Parts.ENTRY, "旧 = 新\n旧 = 更新"),
        (Parts.ENTRY_OF_LIST, "hk = a\nhk＝b"),
        (Parts.ENTRY_OF_SETS, "hk = a, b; c\n\nhk = d"),
        (Parts.PAIR, "about = x, left = y, right = z\nabout = x, left = y, left = z"),
    ],
)
def test_name_that_stands_twice_is_told_and_no_line_is_dropped(parts, text):
    parameter = Parameter("p", Shape.LINES, parts=parts, names=PAIR, needed=PAIR[:2])

    with pytest.raises(RepeatedLine) as refusal:
        value_of(parameter, text)

    assert refusal.value.args == (3 if "\n\n" in text else 2,)


def test_field_names_the_line_that_repeats():
    typed = "hk = passport\nhk = permit"

    form = typed_form(shipped_row("N10/principal"), **{"param-allowed": typed})

    assert form.errors["param-allowed"] == ["允许的第 2 行重复了前面的名称，请合并或删除"]
