"""What pages call a field of a row, by its path: "who", "params.years", "text.default.en"."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.rulebook import words

_LABELS: dict[str, str | Promise] = {
    "id": gettext_lazy("规则编号"),
    "part": gettext_lazy("编号的后缀"),
    "title": gettext_lazy("要求"),
    "who": gettext_lazy("适用的主办者"),
    "orders": gettext_lazy("适用的订单"),
    "services": gettext_lazy("适用的服务"),
    "kind": gettext_lazy("种类"),
    "outcome": gettext_lazy("结果"),
    "takes_objection": gettext_lazy("全国规则也不通过时"),
    "slot": gettext_lazy("所替代的要求"),
    "additive": gettext_lazy("与全国规则同时生效"),
    "params": gettext_lazy("参数"),
    "text": gettext_lazy("提示文字"),
    "personal": gettext_lazy("个人备案的内容"),
    "personal.title": gettext_lazy("个人备案的要求"),
    "personal.text": gettext_lazy("个人备案的提示文字"),
    "personal.is_noted": gettext_lazy("在个人备案的页面旁显示"),
    "note": gettext_lazy("说明"),
    "topic": gettext_lazy("备案准备页的栏目"),
    "enforced_by": gettext_lazy("由何处保证"),
    "audience": gettext_lazy("显示给"),
    "confidence": gettext_lazy("可信程度"),
    "enabled": gettext_lazy("启用"),
    "paths": gettext_lazy("显示在"),
    "valid_from": gettext_lazy("规定施行日"),
    "valid_to": gettext_lazy("规定失效日"),
    "source": gettext_lazy("来源"),
    "source.title": gettext_lazy("来源"),
    "source.url": gettext_lazy("来源网址"),
    "source.retrieved": gettext_lazy("查阅日期"),
}
# The text of every finding that has none of its own.
DEFAULT = "default"
# The four parts of a text, and the two of a title.
PARTS: dict[str, str | Promise] = {
    "zh": gettext_lazy("提示（中文）"),
    "en": gettext_lazy("提示（英文）"),
    "remedy_zh": gettext_lazy("处理办法（中文）"),
    "remedy_en": gettext_lazy("处理办法（英文）"),
}
_LANGUAGES: dict[str, str | Promise] = {
    "zh": gettext_lazy("%(label)s（中文）"),
    "en": gettext_lazy("%(label)s（英文）"),
}


def field_label(path: str) -> str:
    """The label of a whole field; the path itself for one that nobody named."""
    return str(_LABELS.get(path, path))


def in_language_label(path: str, language: str) -> str:
    """Of one half of a sentence that is said in both languages."""
    return str(_LANGUAGES[language]) % {"label": field_label(path)}


def text_label(part: str, about: str, kind: str) -> str:
    """Which part of the text of which finding; the text of all findings is called after none."""
    if about == DEFAULT:
        return str(PARTS[part])
    return f"{PARTS[part]} · {words.finding_label(kind, about)}"


def path_label(path: str, kind: str) -> str:
    """The nearest named field of a path, and which part or entry of it."""
    first, *rest = path.split(".")
    if first == "params" and rest:
        return _entry(words.parameter_label(kind, rest[0]), rest[1:])
    if first == "personal" and rest:
        first, *rest = f"personal.{rest[0]}", *rest[1:]
    if first == "text" and len(rest) > 1 and rest[1] in PARTS:
        return text_label(rest[1], rest[0], kind)
    if first == "personal.text" and len(rest) > 1 and rest[1] in PARTS:
        return _("个人备案：") + text_label(rest[1], rest[0], kind)
    if rest and f"{first}.{rest[0]}" in _LABELS:
        return field_label(f"{first}.{rest[0]}")
    if rest and rest[0] in _LANGUAGES and first in _LABELS:
        return in_language_label(first, rest[0])
    return _entry(field_label(first), rest)


def _entry(label: str, rest: list[str]) -> str:
    """The label, and which of several entries is meant, counted as people do."""
    if not rest or not rest[0].isdecimal():
        return label
    return _("%(label)s第 %(number)d 项") % {"label": label, "number": int(rest[0]) + 1}
