"""Rows of operators over the shipped rules: checked like a file, named by the version."""

from __future__ import annotations

import pytest

from rules.engine import evaluate
from rules.loader import RuleDataError, read_rules, shipped_rule_set
from rules.overlay import Overlay, digest_of, laid_over, province_of_key, rule_of, table_of
from rules.rule import Rule
from rules.writing import toml_of
from tests.rules.cases import CLEAN_ENTERPRISE, TODAY


def shipped(key: str) -> Rule:
    return next(rule for rule in shipped_rule_set().rules if rule.row.key == key)


def changed(key: str, **values: object) -> Overlay:
    return Overlay(key, {**table_of(shipped(key)), **values})


def findings_of_a_name_of_two(overlays: list[Overlay]) -> set[str]:
    facts = {**CLEAN_ENTERPRISE, "service.name": "示例"}
    rules = laid_over(shipped_rule_set(), overlays).rule_set
    found = evaluate(facts, province="33", order_type="first", today=TODAY, rule_set=rules)
    return {finding.about for finding in found if finding.kind == "name_shape"}


def test_overlay_speaks_in_the_place_of_the_shipped_row() -> None:
    row = table_of(shipped("N19/shape"))
    shorter = {**row, "params": {**row["params"], "min_length": 2}}

    assert findings_of_a_name_of_two([]) == {"too_short"}
    assert findings_of_a_name_of_two([Overlay("N19/shape", shorter)]) == set()


def test_overlay_without_a_row_leaves_the_shipped_one() -> None:
    layered = laid_over(shipped_rule_set(), [Overlay("N01", None)])

    assert layered.rule_set.version == shipped_rule_set().version
    assert {rule.row.key for rule in layered.rule_set.rules} == {
        rule.row.key for rule in shipped_rule_set().rules
    }


def test_version_is_that_of_base_and_overlays() -> None:
    base = shipped_rule_set()
    once = laid_over(base, [changed("N01", enabled=False), changed("N03", enabled=False)])
    again = laid_over(base, [changed("N03", enabled=False), changed("N01", enabled=False)])
    other = laid_over(base, [changed("N01", enabled=False)])

    assert laid_over(base, []).rule_set.version == base.version
    assert once.rule_set.version == again.rule_set.version
    assert len({base.version, once.rule_set.version, other.rule_set.version}) == 3


def test_row_of_a_province_that_ships_no_such_rule_is_added() -> None:
    row = {**table_of(shipped("N01")), "id": "33-97"}
    rules = laid_over(shipped_rule_set(), [Overlay("33-97", row)]).rule_set

    assert [rule.province for rule in rules.rules if rule.row.key == "33-97"] == ["33"]


def test_overlay_that_cannot_be_read_any_more_is_told_and_the_shipped_row_holds() -> None:
    gone = changed("N19/shape", params={"min_length": "many"})
    layered = laid_over(shipped_rule_set(), [gone])

    (fault, *_rest) = layered.unusable["N19/shape"].faults
    assert fault.field == "params.min_length"
    assert shipped("N19/shape") in layered.rule_set.rules


@pytest.mark.parametrize(
    ("key", "values", "field", "code"),
    [
        ("N01", {"kind": "min_height"}, "kind", "no_kind"),
        ("N01", {"who": ["*", "X"]}, "who.1", "value_error"),
        ("N01", {"params": {"left": "contact.street"}}, "params.left", "value_error"),
        ("N01", {"source": {"title": "示例来源"}}, "source.retrieved", "missing"),
        ("N01", {"text": {}}, "text", "no_text"),
        ("N01", {"outcome": "refuse"}, "outcome", "literal_error"),
    ],
)
def test_faulty_row_is_refused_by_field(
    key: str, values: dict[str, object], field: str, code: str
) -> None:
    with pytest.raises(RuleDataError) as refusal:
        rule_of({**table_of(shipped(key)), **values}, place="upload.toml, rule N01")

    assert refusal.value.place == "upload.toml, rule N01"
    assert [(fault.field, fault.code) for fault in refusal.value.faults] == [(field, code)]


def test_every_shipped_row_is_the_same_after_writing_and_reading() -> None:
    national = [rule for rule in shipped_rule_set().rules if rule.province is None]
    for province in sorted({rule.province or "" for rule in shipped_rule_set().rules}):
        rules = [rule for rule in shipped_rule_set().rules if (rule.province or "") == province]
        read = read_rules(toml_of(map(table_of, rules)), "export.toml", province or None)

        assert [digest_of(table_of(rule)) for rule in read] == [
            digest_of(table_of(rule)) for rule in rules
        ]
    assert national


def test_words_that_a_file_must_escape_come_back() -> None:
    odd = '“引号”"\\ 与\n换行\t和换行'
    row = {**table_of(shipped("N01")), "source": {"title": odd, "retrieved": "2026-11-16"}}

    (read,) = read_rules(toml_of([row]), "export.toml", None)

    assert read.row.source.title == odd


def test_key_tells_whose_rule_it_is() -> None:
    assert (province_of_key("N20/shape"), province_of_key("44-03/photo")) == (None, "44")
