"""A rule file with a fault is refused, and the refusal says where and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import RuleDataError, load_rule_set, read_rules, shipped_rule_set
from rules.slots import listed_slots
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
        (rule("N01", kind="min_age", params=AGE, slot="min_agee"), 'unknown slot "min_agee"'),
        (
            rule("N01", kind="min_age", params=AGE, slot="age.own_sole"),
            'unknown slot "age.own_sole"',
        ),
        (
            rule("N01", kind="min_age", params=AGE, more='paths = ["no.such.path"]'),
            "unknown paths ['no.such.path']",
        ),
        (
            rule("N01", kind="domain_min_validity", params="{ months = -5 }"),
            "params.months: Input should be greater than or equal to 0",
        ),
        (
            rule("N01", kind="domain_min_validity", params="{ months = 120000 }"),
            "params.months: Input should be less than or equal to 1200",
        ),
        (
            rule("N01", kind="domain_realname_age", params="{ working_days = -1 }"),
            "params.working_days: Input should be greater than or equal to 0",
        ),
        (
            rule("N01", kind="total_cap", params="{ max = -1 }"),
            "params.max: Input should be greater",
        ),
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


def test_rules_may_stand_in_slots_of_their_own(tmp_path: Path) -> None:
    own = rule("33-01", kind="min_age", params=AGE, slot="min_age.own_sole_proprietors")

    rules = load_rule_set(write_rules(tmp_path, "", {"33-zhejiang": [own]})).rules

    assert [each.slot for each in rules] == ["min_age.own_sole_proprietors"]


def test_faults_of_all_rows_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    national = rule("N01", kind="min_height") + rule("N02", kind="min_age", params="{ years = -1 }")
    local = rule("33-01", kind="min_age", params=AGE, slot="min_agee")

    with pytest.raises(RuleDataError) as refusal:
        load_rule_set(write_rules(tmp_path, national, {"33-zhejiang": [local]}))

    for fault in (
        'national.toml, rule N01: kind: unknown kind "min_height"',
        "national.toml, rule N02: params.years: Input should be greater",
        '33-zhejiang.toml, rule 33-01: slot: unknown slot "min_agee"',
    ):
        assert fault in str(refusal.value)


def test_file_that_is_no_text_is_called_by_its_name(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, "", {})
    (folder / "provinces" / "33-zhejiang.toml").write_bytes(b"\xff")

    with pytest.raises(RuleDataError, match=r"33-zhejiang\.toml: no text in UTF-8"):
        load_rule_set(folder)


def test_list_of_slots_has_all_that_the_shipped_rules_stand_in() -> None:
    # One that no row uses any more stays: orders are judged by rows of earlier releases too.
    rules = [each for each in shipped_rule_set().rules if each.kind is not None]
    named = {each.row.slot for each in rules if each.row.slot is not None}
    told_again = {each.slot for each in rules if each.province is None and each.is_additive}

    assert named | told_again <= listed_slots()
