"""A rule file with a fault is refused, and the refusal says where and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import RuleDataError, load_rule_set, read_rules, shipped_rule_set
from tests.rules.rule_files import TEXT, rule, write_rules

AGE = "{ years = 18 }"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (rule("N01", kind="min_height", params=AGE), 'unknown kind "min_height"'),
        (
            rule("N01", kind="min_age", params='{ years = "many" }'),
            "years: Input should be a valid",
        ),
        (rule("N01", kind="min_age", params="{}"), "years: Field required"),
        (rule("N01", kind="min_age", params="{ years = 18, sex = 1 }"), "sex: Extra inputs"),
        (rule("N01", kind="min_age", params=AGE, who='["X"]'), "X names nobody"),
        (rule("N01", kind="min_age", params=AGE, orders='["x"]'), "x is no order type"),
        (rule("N01", kind="min_age", params=AGE, text=""), "no text for principal"),
        (
            rule("N01", kind="min_age", params=AGE, text=TEXT + TEXT.replace("default", "height")),
            "text for unknown height",
        ),
        (
            rule("N01", kind="min_age", params=AGE, text=TEXT.replace('en = "Not met."', "")),
            "text.default.en: Field required",
        ),
        (
            rule("N01", kind="min_age", params=AGE, text=TEXT.replace("不符合要求", "Wrong")),
            "the Chinese text contains no Chinese",
        ),
        (
            rule("N01", kind="min_age", params=AGE, text=TEXT.replace("不符", "{height}不符")),
            "nothing fills ['height']",
        ),
        (
            rule("N01", kind="min_age", params=AGE).replace(
                'title = { zh = "', 'title = { zh = "{height}'
            ),
            "title.zh: nothing fills ['height']",
        ),
        (
            rule("N01", kind="min_age", params=AGE, source='{ title = "示例来源" }'),
            "source.retrieved: Field required",
        ),
        (
            rule("N01", kind="min_age", params=AGE, confidence="low"),
            "a rule of low confidence ships disabled or as advice",
        ),
        (rule("44-01", kind="min_age", params=AGE), "the id belongs to another file"),
        (
            rule("N01", kind="same_area", params='{ left = "contact.street" }'),
            "contact.street is no fact",
        ),
        (
            rule("N01", kind="always_required_document", params='{ any_of = ["letter"] }'),
            "letter is no material",
        ),
        (
            rule("N01", kind="name_words", params='{ words = "colours" }'),
            "colours is no word list",
        ),
        (
            rule("N01", kind="min_age", params=AGE) + rule("N01", kind="min_age", params=AGE),
            "rule N01 stands twice",
        ),
        ("[[rule]", "national.toml"),
    ],
)
def test_faulty_row_is_refused_with_its_place(tmp_path: Path, row: str, complaint: str) -> None:
    with pytest.raises(RuleDataError) as refusal:
        load_rule_set(write_rules(tmp_path, row, {}))

    assert complaint in str(refusal.value)


def test_file_of_an_unknown_province_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleDataError, match="98 is no province"):
        load_rule_set(write_rules(tmp_path, "", {"98-nowhere": []}))


def test_version_changes_with_the_data(tmp_path: Path) -> None:
    first = load_rule_set(write_rules(tmp_path, rule("N01", kind="min_age", params=AGE), {}))
    again = load_rule_set(tmp_path)
    older = "{ years = 19 }"
    second = load_rule_set(write_rules(tmp_path, rule("N01", kind="min_age", params=older), {}))

    assert first.version == again.version
    assert first.version != second.version


def test_every_shipped_rule_names_source_and_day() -> None:
    for shipped in shipped_rule_set().rules:
        assert len(shipped.row.source.title) > 4
        assert shipped.row.source.retrieved.year >= 2026


def _with_text(words: str) -> str:
    return rule("N01", kind="min_age", params=AGE, text=TEXT.replace("不符合要求", words))


@pytest.mark.parametrize(
    "words",
    [
        "年龄{未满",
        "年龄}未满",
        "{years!r}岁",
        "{years:Q}岁",
        "{years:>30000000}岁",
        "{years.real}岁",
    ],
)
def test_braces_hold_a_plain_name_and_nothing_else(tmp_path: Path, words: str) -> None:
    with pytest.raises(RuleDataError) as refusal:
        load_rule_set(write_rules(tmp_path, _with_text(words), {}))

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [
        ("text.default.zh", "braces")
    ]


def test_braces_in_a_title_are_told_of_the_title() -> None:
    row = rule("N01", kind="min_age", params=AGE).replace("示例要求", "示例{要求")

    with pytest.raises(RuleDataError) as refusal:
        read_rules(row, "national.toml", None)

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [("title.zh", "braces")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("a = " + "[" * 20_000 + "]" * 20_000, "too_deep", id="deep lists"),
        pytest.param("a = " + "{b = " * 20_000 + "1" + "}" * 20_000, "too_deep", id="deep tables"),
        pytest.param("a = " + "9" * 5_000, "toml", id="a number of 5,000 digits"),
    ],
)
def test_file_that_no_editor_would_write_is_refused(text: str, code: str) -> None:
    with pytest.raises(RuleDataError) as refusal:
        read_rules(text, "hostile.toml", None)

    assert [(fault.code, refusal.value.place) for fault in refusal.value.faults] == [
        (code, "hostile.toml")
    ]


def _of_age(more: str = "", **changes: str) -> str:
    return rule("N01", kind="min_age", **{"params": AGE, "more": more, **changes})


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        (_with_text("不符\\u0000"), "text.default.zh", "control_sign"),
        (_with_text("不" * 3_000), "text.default.zh", "too_long"),
        (_of_age(f'part = "{"p" * 54}"'), "part", "string_pattern_mismatch"),
        (_of_age('part = "a~b"'), "part", "string_pattern_mismatch"),
        (_of_age(params="{ years = 99999999999 }"), "params.years", "too_large"),
        (_of_age(params="{ years = nan }"), "params.years", "too_large"),
        (
            _of_age(params="{ years = [[[[[[[[[1]]]]]]]]] }"),
            "params.years.0.0.0.0.0.0.0",
            "too_deep",
        ),
    ],
)
def test_row_holds_nothing_that_a_database_or_page_stumbles_over(
    row: str, field: str, code: str
) -> None:
    with pytest.raises(RuleDataError) as refusal:
        read_rules(row, "national.toml", None)

    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [(field, code)]
