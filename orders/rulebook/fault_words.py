"""Why a row is refused, in words for the page; the loader's own words are for files and logs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.rulebook.field_words import path_label
from rules.loader import Fault, RuleDataError

_WHOLE = gettext_lazy("须为整数")
_DAY = gettext_lazy("须为日期，例如 2026-11-16")
_TEXT = gettext_lazy("须为文字")
_TABLE = gettext_lazy("须为有名称和内容的一组，写在 { } 中")
_BY_CODE: dict[str, str | Promise] = {
    "missing": gettext_lazy("缺少必填的内容"),
    "extra_forbidden": gettext_lazy("没有这个参数"),
    "int_parsing": _WHOLE,
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": _WHOLE,
    "date_type": _DAY,
    "date_from_datetime_inexact": _DAY,
    "string_type": _TEXT,
    "bool_type": gettext_lazy("须为 true 或 false"),
    "bool_parsing": gettext_lazy("须为 true 或 false"),
    "tuple_type": gettext_lazy("须为一组，写在 [ ] 中"),
    "dict_type": _TABLE,
    "mapping_type": _TABLE,
    "model_type": _TABLE,
    "greater_than_equal": gettext_lazy("最小是"),
    "greater_than": gettext_lazy("须大于"),
    "less_than_equal": gettext_lazy("最大是"),
    "less_than": gettext_lazy("须小于"),
    "string_too_short": gettext_lazy("文字太短"),
    "too_short": gettext_lazy("至少须有一项"),
    "literal_error": gettext_lazy("没有这个选项"),
    "no_province": gettext_lazy("没有这个省份"),
    "toml": gettext_lazy("文件不是有效的 TOML"),
    "strange_key": gettext_lazy("规则文件的最外层只能有 [[rule]]，请删除或改正"),
    "no_rows": gettext_lazy("文件里没有 [[rule]] 开头的规则，请选择导出的规则文件"),
    "days_reversed": gettext_lazy("规定失效日不能早于规定施行日，请改正其中一个"),
    "other_file": gettext_lazy("规则编号不属于这个文件"),
    "other_rule": gettext_lazy("规则编号不能改"),
    "no_kind": gettext_lazy("没有这个种类"),
    "no_slot": gettext_lazy("没有这个所替代的要求，自定的名称写作“种类.own_名称”"),
    "no_path": gettext_lazy("没有这些资料项"),
    "not_filled": gettext_lazy("花括号中的名称没有数值可填，请改正或删除"),
    "braces": gettext_lazy("花括号须成对，中间只写一个参数名，例如 {min_length}"),
    "control_sign": gettext_lazy("有看不见的控制字符，请删除后重新输入"),
    "too_deep": gettext_lazy("嵌套的层次太多，请按导出文件的格式书写"),
    "too_large": gettext_lazy("数字太大或不是数字，请改为一百万以内的数字"),
    "too_long": gettext_lazy("文字太长，请缩短到 2000 字以内"),
    "no_text": gettext_lazy("缺少提示文字"),
    "strange_text": gettext_lazy("有用不到的提示文字"),
    "no_fact": gettext_lazy("有系统不认识的事实"),
    "twin": gettext_lazy("规则编号重复"),
    "no_objection": gettext_lazy("只有结果为“阻止提交”、可信程度不是“高”的规则可以提出异议"),
    "national_objection": gettext_lazy("全国规则不取代其他规则，不用选择"),
    "age_objection": gettext_lazy("关于最低年龄的规则不接受异议"),
    "not_yet": gettext_lazy("查阅日期不能晚于今天，请填写最近一次核对来源的日期"),
    "quoted": gettext_lazy("其他页面的文字引用了这个数值，不能留空"),
}
# What a pattern wants, by the field that has one.
_BY_PATTERN: dict[str, str | Promise] = {
    "id": gettext_lazy("规则编号形如 N19 或 44-03，从 01 起"),
    "part": gettext_lazy("只能用小写英文字母、数字和下划线，最多 40 个"),
    "source.url": gettext_lazy("来源网址须以 http:// 或 https:// 开头"),
}
# Sentences of the rows and kinds themselves, as they stand in their code.
_BY_WORDS: dict[str, str | Promise] = {
    "the Chinese text contains no Chinese": gettext_lazy("中文文字中没有汉字，请用中文填写"),
    "a row kept elsewhere has a note and no kind": gettext_lazy(
        "由系统其他部分保证的规则须写说明（note），不写种类（kind）"
    ),
    "kind and outcome are needed": gettext_lazy("须写明种类（kind）和结果（outcome）"),
    "a rule of low confidence ships disabled or as advice": gettext_lazy(
        "可信程度为“低”的规则只能停用，或者只作提醒"
    ),
    "rules are tables called [[rule]]": gettext_lazy("规则须是 [[rule]] 开头的表"),
    "any_of or all_of names a paper": gettext_lazy("any_of、all_of 至少写一项材料"),
    "signed_on and max_working_days go together": gettext_lazy(
        "signed_on 与 max_working_days 须同时填写"
    ),
    "pairs, email_differs, min_distinct or required says what is asked": gettext_lazy(
        "pairs、email_differs、min_distinct、required 至少填写一项"
    ),
    "any_of and all_of exclude each other": gettext_lazy("any_of 与 all_of 只能填写一项"),
    "settled_by adds to any_of": gettext_lazy("填写 settled_by 时须同时填写 any_of"),
    "roles, holder or remark_words says what is asked": gettext_lazy(
        "roles、holder、remark_words 至少填写一项"
    ),
    "at_head and whole exclude each other, tails belong to whole": gettext_lazy(
        "at_head 与 whole 只能选择一项，填写 tails 时须选择 whole"
    ),
    "keys, same_at_own_units or one_unit_only says what is asked": gettext_lazy(
        "keys、same_at_own_units、one_unit_only 至少填写一项"
    ),
    "material or remark_words says what is asked for": gettext_lazy(
        "material、remark_words 至少填写一项"
    ),
    "only the service principal is compared with the subject principal": gettext_lazy(
        "只有服务负责人可以与主体负责人比较"
    ),
    "a delegate is of another residency than the legal representative": gettext_lazy(
        "受托人的地区不能与法定代表人的地区相同"
    ),
    "months_left, matches_fact, needs or refused says what is tested": gettext_lazy(
        "months_left、matches_fact、needs、refused 至少填写一项"
    ),
    "either area_facts or roles says whose ID it is": gettext_lazy(
        "area_facts 与 roles 须填写其中一项"
    ),
    "papers in expiring are among those of any_of or sets": gettext_lazy(
        "expiring 中的材料须在 any_of 或 sets 中"
    ),
    "allowed, denied or papers says what is asked for": gettext_lazy(
        "allowed、denied、papers 至少填写一项"
    ),
    "type_fact says whose document is of the type": gettext_lazy("须填写 type_fact"),
    "also_same_person is about the service principal's residency": gettext_lazy(
        "also_same_person 只用于 service_principal.residency"
    ),
    "forbid, renamed, districts, door_number or no_dashes says what": gettext_lazy(
        "forbid、renamed、districts、door_number、no_dashes 至少填写一项"
    ),
    "from_years lies below to_years": gettext_lazy("from_years 须小于 to_years"),
    "any_of or sets names the papers": gettext_lazy("any_of、sets 至少写一项材料"),
    "checks, number_prefix or files_as says what is looked at": gettext_lazy(
        "checks、number_prefix、files_as 至少填写一项"
    ),
}
# Sentences that begin with the word they are about.
_BY_ENDING: dict[str, str | Promise] = {
    " names nobody": gettext_lazy("没有这种主办者"),
    " is no order type": gettext_lazy("没有这种订单"),
    " is no date": gettext_lazy("不是日期"),
    " is no fact": gettext_lazy("有系统不认识的事实"),
    " is no material": gettext_lazy("没有这种材料"),
    " is no pre-approval category": gettext_lazy("没有这种前置审批"),
    " is no content category": gettext_lazy("没有这种内容分类"),
    " is no province": gettext_lazy("没有这个省份"),
    " is no certificate of a person": gettext_lazy("没有这种个人证件"),
    " is no word list of data/words.toml": gettext_lazy("没有这个词表"),
}
# How tomllib says where it stopped.
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class FaultShown:
    """Where in the file, in which field of the row ("" for the whole), and what is wrong."""

    place: str
    field: str
    words: str


def shown_faults(
    error: RuleDataError, row: Mapping[str, Any] | None = None, *, place: str = ""
) -> list[FaultShown]:
    """What to put right, field by field; `row` tells whose parameters are meant."""
    kind = str((row or {}).get("kind", ""))
    return [FaultShown(place or error.place, _field(f, kind), words_of(f)) for f in error.faults]


def _field(fault: Fault, kind: str) -> str:
    """As the form calls it, and as the file does."""
    if not fault.field:
        return ""
    names = {"label": path_label(fault.field, kind), "path": fault.field}
    return _("%(label)s（%(path)s）") % names


def words_of(fault: Fault) -> str:
    """A sentence; what has no words of ours is quoted as the loader says it."""
    plain = fault.words.removeprefix("Value error, ")
    for ending, words in _BY_ENDING.items():
        if plain.endswith(ending):
            return _with(words, plain.removesuffix(ending))
    found = _BY_WORDS.get(plain) or _BY_CODE.get(fault.code)
    if fault.code == "string_pattern_mismatch":
        found = _BY_PATTERN.get(fault.field)
    if found is None:
        return _("不符合规则的格式：%(words)s") % {"words": plain}
    if fault.code in _QUOTING:
        return _with(found, fault.about)
    return _with(found, _position(plain)) if fault.code == "toml" else str(found)


def _with(found: str | Promise, about: str) -> str:
    return _("%(fault)s：%(words)s") % {"fault": found, "words": about} if about else str(found)


def _position(plain: str) -> str:
    at = _PLACE.search(plain)
    return _("第 %(line)s 行第 %(column)s 列") % {"line": at[1], "column": at[2]} if at else ""


# Followed by what they are about.
_QUOTING = frozenset(
    {
        "greater_than",
        "greater_than_equal",
        "less_than",
        "less_than_equal",
        "no_fact",
        "no_kind",
        "no_path",
        "no_slot",
        "no_text",
        "not_filled",
        "strange_key",
        "strange_text",
        "twin",
    }
)
