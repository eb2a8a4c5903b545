"""The fields every rule has whatever its kind: (name, field, what it begins with)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from beian.forms import (
    CleanCharField,
    DayField,
    LongTextField,
    OptionsField,
    SelectField,
    YesNoField,
)
from orders.rulebook import words
from rules.who import ORDERS, WHO

PARTS = ("zh", "en", "remedy_zh", "remedy_en")
LONGEST_TEXT = 600
Row = Mapping[str, Any]
Fields = Iterator[tuple[str, Any, Any]]


def demand_fields(row: Row) -> Fields:
    """What is asked, and of whom."""
    yield from _pair("title", _("要求"), row.get("title", {}))
    personal = row.get("personal", {}).get("title")
    if personal:
        yield from _pair("personal_title", _("个人备案的要求"), personal)
    if row.get("note"):
        yield from _pair("note", _("说明"), row["note"])
    who = [(letter, words.who_label(letter)) for letter in WHO]
    yield "who", OptionsField(label=_("适用的主办者"), choices=who), row.get("who")
    orders = [(word, words.orders_label(word)) for word in ORDERS]
    yield "orders", OptionsField(label=_("适用的订单"), choices=orders), row.get("orders")
    services = [(word, words.word_label(word)) for word in ("website", "app")]
    chosen = row.get("services", ["website", "app"])
    yield "services", OptionsField(label=_("适用的服务"), choices=services), chosen


def place_fields(chosen: str, demands: list[tuple[str, str]]) -> Fields:
    """The demand a rule of our own belongs to; one that nothing else meets now stays a choice."""
    known = dict(demands)
    choices = demands if not chosen or chosen in known else [*demands, (chosen, chosen)]
    demand = SelectField(
        label=_("属于哪一项要求"),
        help_text=_("同一项要求中，省份的规则取代全国的规则；同省的规则以适用主办者较窄的为准"),
        choices=choices,
        width="full",
    )
    yield "demand", demand, chosen


def _objection_field() -> YesNoField:
    return YesNoField(
        label=_("全国规则也不通过时"),
        help_text=_(
            "全国规则可信程度高时，同样的问题通常不接受异议；有来源说明本省做法不同时，选择“仍可提出异议”"
        ),
        yes_label=_("仍可提出异议"),
        no_label=_("不接受异议"),
    )


def outcome_fields(row: Row, *, may_take_objection: bool) -> Fields:
    """What a hit means, how sure we are, and when it holds."""
    if row.get("kind"):
        levels = [(w, words.word_label(w)) for w in ("block", "material", "advice", "ok")]
        yield "outcome", SelectField(label=_("结果"), choices=levels), row.get("outcome")
        readers = [(w, words.word_label(w)) for w in ("all", "reviewer")]
        audience = SelectField(label=_("显示给"), choices=readers)
        yield "audience", audience, row.get("audience", "all")
    grades = [(w, words.word_label(w)) for w in ("high", "medium", "low")]
    confidence = SelectField(
        label=_("可信程度"),
        choices=grades,
        help_text=_("“低”的规则只能停用，或者只作提醒"),
    )
    yield "confidence", confidence, row.get("confidence")
    if may_take_objection:
        yield "takes_objection", _objection_field(), row.get("takes_objection", False)
    yield "enabled", YesNoField(label=_("启用")), row.get("enabled", True)
    for name, label in (("valid_from", _("规定施行日")), ("valid_to", _("规定失效日"))):
        yield name, DayField(label=label, required=False), _day(row.get(name))


def text_fields(
    row: Row, group: str, about: str, label_of: Callable[[str], str], *, is_shared: bool = False
) -> Fields:
    """The texts of one finding; `group` is "text" or "personal". One that is `is_shared` by all
    findings says when it is needed. `label_of` a path is what mistakes call the field: its label
    alone stands under the heading of its finding."""
    ok = {"outcome": words.word_label("ok")}
    hint = _("结果不是“%(outcome)s”时，四项都须填写") % ok if about == "default" else ""
    texts = row if group == "text" else row.get("personal", {})
    given = texts.get("text", {}).get(about, {})
    labels = (
        _("提示（中文）"),
        _("提示（英文）"),
        _("处理办法（中文）"),
        _("处理办法（英文）"),
    )
    path = "text.{about}.{part}" if group == "text" else "personal.text.{about}.{part}"
    for part, label in zip(PARTS, labels, strict=True):
        told = hint if is_shared and part == PARTS[0] else ""
        field = LongTextField(
            label=label,
            label_for_errors=label_of(path.format(about=about, part=part)),
            help_text=told,
            rows=2,
            max_length=LONGEST_TEXT,
            required=False,
        )
        yield f"{group}-{about}-{part}", field, given.get(part, "")


def source_fields(row: Row) -> Fields:
    """Where the demand is written, and when that was looked at."""
    source = row.get("source", {})
    title = CleanCharField(
        label=_("来源"),
        help_text=_("文件或页面的名称，申请人会看到"),
        max_length=200,
        min_length=2,
    )
    yield "source_title", title, source.get("title", "")
    url = CleanCharField(label=_("来源网址"), required=False, max_length=500)
    yield "source_url", url, source.get("url") or ""
    retrieved = DayField(label=_("查阅日期"), help_text=_("最近一次核对来源的日期"))
    yield "source_retrieved", retrieved, _day(source.get("retrieved"))


def reason_field(label: str = "") -> LongTextField:
    """Why the rule is edited, which whoever publishes reads."""
    return LongTextField(
        label=label or _("修改原因"),
        help_text=_("写给发布的同事，例如管局通知的文号、电话答复的日期"),
        rows=3,
        max_length=500,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _pair(name: str, label: str, text: Mapping[str, str]) -> Fields:
    """The same sentence in both languages."""
    for language, words_for in (("zh", _("%(label)s（中文）")), ("en", _("%(label)s（英文）"))):
        field = LongTextField(
            label=words_for % {"label": label}, rows=2, min_length=2, max_length=LONGEST_TEXT
        )
        yield f"{name}_{language}", field, text.get(language, "")
