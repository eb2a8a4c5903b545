"""A row in words: what it says, field by field, and how two rows differ."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from beian.ui import DiffRow
from orders.rulebook import words
from orders.rulebook.field_words import PARTS, field_label, in_language_label, text_label
from orders.rulebook.lines import text_of
from orders.rulebook.parameters import Parameter, Shape, fits, parameters_of
from rules.kinds import KINDS
from rules.slots import OWN

Row = Mapping[str, Any]
# Path inside the row → (label, value in words).
Described = dict[str, tuple[str, str]]


def described(row: Row | None) -> Described:
    """Every field the row sets, in the order of the form; nothing for no row."""
    return dict(_fields(row)) if row is not None else {}


def differences(before: Row | None, after: Row | None) -> list[DiffRow]:
    """Fields whose value is another one, in the order of the form."""
    old, new = described(before), described(after)
    paths = [*new, *(path for path in old if path not in new)]
    return [
        DiffRow(
            label=(new.get(path) or old[path])[0],
            before=old[path][1] if path in old else None,
            after=new[path][1] if path in new else None,
        )
        for path in paths
        if old.get(path) != new.get(path)
    ]


def _fields(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from _both("title", row.get("title"))
    yield "who", (field_label("who"), _joined(map(words.who_label, row.get("who", ()))))
    yield "orders", (field_label("orders"), _joined(map(words.orders_label, row.get("orders", ()))))
    services = row.get("services", ("website", "app"))
    yield "services", (field_label("services"), _joined(map(words.word_label, services)))
    yield from _kind(row)
    yield from _parameters(row)
    yield from _texts("text", row, "")
    yield from _personal(row)
    yield from _both("note", row.get("note"))
    yield from _frame(row)
    yield from _source(row.get("source", {}))


def _kind(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    if row.get("kind"):
        yield "kind", (field_label("kind"), words.kind_label(row["kind"]))
    if row.get("outcome"):
        yield "outcome", (field_label("outcome"), words.word_label(row["outcome"]))
    if row.get("slot"):
        yield "slot", (field_label("slot"), _slot(row["slot"]))
    if row.get("takes_objection"):
        yield "takes_objection", (field_label("takes_objection"), _("仍可提出异议"))
    if row.get("additive") is not None:
        yield "additive", (field_label("additive"), _yes_no(row["additive"]))


def _slot(name: str) -> str:
    """A demand of its own is in nobody's place."""
    own = _("单独的一项要求（%(name)s）") % {"name": name}
    return own if OWN.fullmatch(name) else name


def _parameters(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    kind = KINDS.get(row.get("kind", ""))
    if kind is None:
        return
    given = row.get("params", {})
    for parameter in parameters_of(kind):
        if parameter.name in given:
            label = words.parameter_label(kind.name, parameter.name)
            value = given[parameter.name]
            is_read = fits(kind, parameter, value)
            shown = (
                shown_value(parameter, value) if is_read else json.dumps(value, ensure_ascii=False)
            )
            yield f"params.{parameter.name}", (label, shown)


def shown_value(parameter: Parameter, value: Any) -> str:
    names = dict(parameter.choices)
    match parameter.shape:
        case Shape.FLAG:
            return "—" if value is None else _yes_no(value)
        case Shape.CHOICE:
            return names.get(value, str(value))
        case Shape.CHOICES:
            return _joined(names.get(each, str(each)) for each in value)
        case Shape.LINES:
            return text_of(parameter, value)
        case _:
            return "—" if value is None else str(value)


def _texts(path: str, row: Row, prefix: str) -> Iterator[tuple[str, tuple[str, str]]]:
    texts = row if path == "text" else row["personal"]
    is_alone = texts.get("text", {}).keys() == {"default"}
    for about, text in texts.get("text", {}).items():
        for part, plain in PARTS.items():
            if part in text:
                named = text_label(part, about, row.get("kind") or "")
                label = prefix + (str(plain) if is_alone else named)
                yield f"{path}.{about}.{part}", (label, text[part])


def _personal(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    personal = row.get("personal", {})
    yield from _both("personal.title", personal.get("title"))
    if personal:
        yield from _texts("personal.text", row, _("个人备案："))
    if "is_noted" in personal:
        label = field_label("personal.is_noted")
        yield "personal.is_noted", (label, _yes_no(personal["is_noted"]))


def _frame(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    if row.get("enforced_by", "rules") != "rules":
        yield "enforced_by", (field_label("enforced_by"), row["enforced_by"])
    yield "audience", (field_label("audience"), words.word_label(row.get("audience", "all")))
    yield "confidence", (field_label("confidence"), words.word_label(row["confidence"]))
    yield "enabled", (field_label("enabled"), _yes_no(row.get("enabled", True)))
    if row.get("paths"):
        yield "paths", (field_label("paths"), _joined(row["paths"]))
    for name in ("valid_from", "valid_to"):
        if row.get(name):
            yield name, (field_label(name), row[name])


def _source(source: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    for path in ("source.title", "source.url", "source.retrieved"):
        value = source.get(path.removeprefix("source."))
        if value:
            yield path, (field_label(path), value)


def _both(path: str, text: Row | None) -> Iterator[tuple[str, tuple[str, str]]]:
    for language in ("zh", "en") if text else ():
        label = in_language_label(path, language)
        yield f"{path}.{language}", (label, (text or {})[language])


def _joined(parts: Any) -> str:
    return _("、").join(parts)


def _yes_no(value: Any) -> str:
    return _("是") if value else _("否")
