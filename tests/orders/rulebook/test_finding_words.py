"""Pages call a finding in words, not by the tag its kind gives it."""

import typing
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.utils import translation

from orders.rulebook import words
from orders.rulebook.description import described
from orders.rulebook.parameters import Parts, Shape, parameters_of
from rules.kinds import KINDS, Kind
from rules.loader import shipped_rule_set
from rules.vocabulary import FACTS, MATERIALS
from tests.orders.rulebook.stage import shipped_row
from tests.orders.rulebook.typed import typed_form


def literals(annotation: Any) -> list[str]:
    """The words a parameter's type names, however deep."""
    if typing.get_origin(annotation) is typing.Literal:
        return list(typing.get_args(annotation))
    return [word for inner in typing.get_args(annotation) for word in literals(inner)]


def full(kind: type[Kind]) -> dict[str, list[Any]]:
    """By parameter, what it may hold so that every finding is possible for one of them."""
    found: dict[str, list[Any]] = {}
    for parameter in parameters_of(kind):
        annotation = kind.model_fields[parameter.name].annotation
        match parameter.shape:
            case Shape.FLAG:
                found[parameter.name] = [True, False]
            case Shape.NUMBER:
                found[parameter.name] = [1]
            case Shape.CHOICE:
                found[parameter.name] = [word for word, _label in parameter.choices]
            case Shape.CHOICES:
                found[parameter.name] = [tuple(word for word, _label in parameter.choices), ()]
            case Shape.LINES:
                is_mapping = typing.get_origin(annotation) is not tuple
                keys = dict.fromkeys(literals(annotation), ()) if is_mapping else ()
                lines = ("x",) if parameter.parts is Parts.WORD else parameter.default
                found[parameter.name] = [keys or lines or ()]
            case _:
                found[parameter.name] = ["x"]
    return found


def tags(kind: type[Kind]) -> Iterator[str]:
    """Every tag the kind can yield: with all parameters, and with one of them otherwise."""
    values = full(kind)
    whole = {name: some[0] for name, some in values.items()}
    for name, some in [("", [None]), *values.items()]:
        for value in some:
            yield from kind.model_construct(**(whole | ({name: value} if name else {}))).abouts()


def test_every_tag_of_every_kind_has_words_in_both_languages():
    nameless = {
        (kind.name, tag)
        for kind in KINDS.values()
        for tag in tags(kind)
        if tag not in {*FACTS, *MATERIALS}
        and not {tag, f"{kind.name}.{tag}"} & set(words.tables()["finding"])
    }

    assert nameless == set()


def test_every_text_of_the_shipped_rules_has_a_heading_of_its_own():
    for rule, language in product(shipped_rule_set().rules, ("zh-hans", "en")):
        abouts = [*rule.row.text]
        with translation.override(language):
            labels = [words.finding_label(str(rule.row.kind), about) for about in abouts]

        assert not set(labels) & set(abouts), rule.row.key
        assert len(set(labels)) == len(labels), rule.row.key


def test_no_words_are_kept_for_a_tag_that_no_kind_has():
    known = {tag for kind in KINDS.values() for tag in tags(kind)}
    known |= {f"{kind.name}.{tag}" for kind in KINDS.values() for tag in {*tags(kind), "default"}}
    for rule in shipped_rule_set().rules:
        known |= {about for tag in rule.row.text for about in (tag, f"{rule.row.kind}.{tag}")}

    assert set(words.tables()["finding"]) - known == set()


@pytest.mark.parametrize(
    ("key", "headings"),
    [("N19/shape", ["提示文字：名称太短"]), ("50-04", ["提示文字"])],
)
def test_form_heads_its_texts_with_words(key, headings):
    form = typed_form(shipped_row(key))

    shown = [heading for heading, _fields in form.parts if heading.startswith("提示文字")]
    assert shown[: len(headings)] == headings


def test_one_text_alone_is_called_the_text():
    labels = {label for label, _value in described(shipped_row("50-04")).values()}

    assert "提示（中文）" in labels


def test_demand_of_its_own_is_told_as_such():
    row = {**shipped_row("N19/shape"), "slot": "name_shape.own_44_99"}

    assert described(row)["slot"][1] == "单独的一项要求（name_shape.own_44_99）"


def test_differences_name_the_finding_in_words():
    labels = {label for label, _value in described(shipped_row("N19/shape")).values()}

    assert "提示（中文） · 名称太短" in labels
    assert not any("too_short" in label for label in labels)
