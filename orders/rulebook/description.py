"""A row in words: what it says, field by field, and how two rows differ."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from beian.ui import DiffRow
from orders.rulebook import words
from orders.rulebook.lines import text_of
from orders.rulebook.parameters import Parameter, Shape, parameters_of
from rules.kinds import KINDS

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
    yield from _both("title", _("要求"), row.get("title"))
    yield "who", (_("适用的主办者"), _joined(map(words.who_label, row.get("who", ()))))
    yield "orders", (_("适用的订单"), _joined(map(words.orders_label, row.get("orders", ()))))
    services = row.get("services", ("website", "app"))
    yield "services", (_("适用的服务"), _joined(map(words.word_label, services)))
    yield from _kind(row)
    yield from _parameters(row)
    yield from _texts("text", row.get("text", {}), "")
    yield from _personal(row.get("personal", {}))
    yield from _both("note", _("说明"), row.get("note"))
    yield from _frame(row)
    yield from _source(row.get("source", {}))


def _kind(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    if row.get("kind"):
        yield "kind", (_("种类"), words.kind_label(row["kind"]))
    if row.get("outcome"):
        yield "outcome", (_("结果"), words.word_label(row["outcome"]))
    if row.get("slot"):
        yield "slot", (_("所替代的要求"), row["slot"])
    if row.get("takes_objection"):
        yield "takes_objection", (_("全国规则也不通过时"), _("仍可提出异议"))
    if row.get("additive") is not None:
        yield "additive", (_("与全国规则同时生效"), _yes_no(row["additive"]))


def _parameters(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    kind = KINDS.get(row.get("kind", ""))
    if kind is None:
        return
    given = row.get("params", {})
    for parameter in parameters_of(kind):
        if parameter.name in given:
            label = words.parameter_label(kind.name, parameter.name)
            shown = shown_value(parameter, given[parameter.name])
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


def _texts(path: str, texts: Row, prefix: str) -> Iterator[tuple[str, tuple[str, str]]]:
    labels = {
        "zh": _("提示（中文）"),
        "en": _("提示（英文）"),
        "remedy_zh": _("处理办法（中文）"),
        "remedy_en": _("处理办法（英文）"),
    }
    for about, text in texts.items():
        for part, label in labels.items():
            if part in text:
                yield f"{path}.{about}.{part}", (f"{prefix}{label} · {about}", text[part])


def _personal(personal: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    yield from _both("personal.title", _("个人备案的要求"), personal.get("title"))
    yield from _texts("personal.text", personal.get("text", {}), _("个人备案："))
    if "is_noted" in personal:
        label = _("在个人备案的页面旁显示")
        yield "personal.is_noted", (label, _yes_no(personal["is_noted"]))


def _frame(row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    if row.get("enforced_by", "rules") != "rules":
        yield "enforced_by", (_("由何处保证"), row["enforced_by"])
    yield "audience", (_("显示给"), words.word_label(row.get("audience", "all")))
    yield "confidence", (_("可信程度"), words.word_label(row["confidence"]))
    yield "enabled", (_("启用"), _yes_no(row.get("enabled", True)))
    if row.get("paths"):
        yield "paths", (_("显示在"), _joined(row["paths"]))
    for name, label in (("valid_from", _("规定施行日")), ("valid_to", _("规定失效日"))):
        if row.get(name):
            yield name, (label, row[name])


def _source(source: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    labels = {"title": _("来源"), "url": _("来源网址"), "retrieved": _("查阅日期")}
    for name, label in labels.items():
        if source.get(name):
            yield f"source.{name}", (label, source[name])


def _both(path: str, label: str, text: Row | None) -> Iterator[tuple[str, tuple[str, str]]]:
    if text:
        yield f"{path}.zh", (_("%(label)s（中文）") % {"label": label}, text["zh"])
        yield f"{path}.en", (_("%(label)s（英文）") % {"label": label}, text["en"])


def _joined(parts: Any) -> str:
    return _("、").join(parts)


def _yes_no(value: Any) -> str:
    return _("是") if value else _("否")
