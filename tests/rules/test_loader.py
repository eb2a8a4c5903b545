"""A rule file with a fault is refused, and the refusal says where and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import RuleDataError, load_rule_set, shipped_rule_set
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
            "title: nothing fills ['height']",
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
