"""Why a row is refused, in words for the page; the loader's own words are for files and logs."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rules.loader import Fault

_BY_CODE: dict[str, str | Promise] = {
    "missing": gettext_lazy("缺少必填的内容"),
    "extra_forbidden": gettext_lazy("没有这个参数"),
    "int_parsing": gettext_lazy("须为整数"),
    "date_from_datetime_parsing": gettext_lazy("须为日期，例如 2026-11-16"),
    "date_parsing": gettext_lazy("须为日期，例如 2026-11-16"),
    "string_too_short": gettext_lazy("文字太短"),
    "too_short": gettext_lazy("至少须有一项"),
    "literal_error": gettext_lazy("没有这个选项"),
    "no_province": gettext_lazy("没有这个省份"),
    "toml": gettext_lazy("文件不是有效的 TOML"),
    "other_file": gettext_lazy("规则编号不属于这个文件"),
    "other_rule": gettext_lazy("规则编号不能改"),
    "no_kind": gettext_lazy("没有这个种类"),
    "not_filled": gettext_lazy("文字中有没有数值可填的占位符"),
    "braces": gettext_lazy("花括号须成对，中间只写一个参数名，例如 {min_length}"),
    "control_sign": gettext_lazy("有看不见的控制字符，请删除后重新输入"),
    "too_deep": gettext_lazy("嵌套的层次太多，请按导出文件的格式书写"),
    "too_large": gettext_lazy("数字太大或不是数字，请改为一百万以内的数字"),
    "too_long": gettext_lazy("文字太长，请缩短到 2000 字以内"),
    "no_text": gettext_lazy("缺少提示文字"),
    "strange_text": gettext_lazy("有用不到的提示文字"),
    "no_fact": gettext_lazy("有系统不认识的事实"),
    "twin": gettext_lazy("规则编号重复"),
    "quoted": gettext_lazy("其他页面的文字引用了这个数值，不能留空"),
}
# What a pattern wants, by the field that has one.
_BY_PATTERN: dict[str, str | Promise] = {
    "id": gettext_lazy("规则编号形如 N19 或 44-03"),
    "part": gettext_lazy("只能用小写英文字母、数字和下划线，最多 40 个"),
}
_BY_WORDS: dict[str, str | Promise] = {
    "the Chinese text contains no Chinese": gettext_lazy("中文文字中没有汉字"),
    "a rule of low confidence ships disabled or as advice": gettext_lazy(
        "可信程度为“低”的规则只能停用，或者只作提醒"
    ),
}


def words_of(fault: Fault) -> str:
    """A sentence; what has no words of ours is quoted as the loader says it."""
    plain = fault.words.removeprefix("Value error, ")
    found = _BY_WORDS.get(plain) or _BY_CODE.get(fault.code)
    if fault.code == "string_pattern_mismatch":
        found = _BY_PATTERN.get(fault.field)
    if found is None:
        return _("不符合规则的格式：%(words)s") % {"words": plain}
    if fault.code in _QUOTING:
        return _("%(fault)s：%(words)s") % {"fault": found, "words": plain}
    return str(found)


# Their words name what it is about.
_QUOTING = frozenset(
    {"toml", "not_filled", "no_text", "strange_text", "no_fact", "no_kind", "twin"}
)
