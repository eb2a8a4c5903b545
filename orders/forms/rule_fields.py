"""One form field for each parameter of a rule's kind: what it shows and what it cleans to."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms import (
    CleanCharField,
    DayField,
    LongTextField,
    OptionsField,
    SelectField,
    YesNoField,
)
from orders.rulebook.lines import LineError, RepeatedLine, text_of, value_of
from orders.rulebook.parameters import Parameter, Parts, Shape

# The rule files write no figure of more digits.
_LONGEST_FIGURE = 6
HINTS = {
    Parts.WORD: _("每行一个"),
    Parts.SET: _("每行一组，同一组的各项用逗号隔开"),
    Parts.PAIR: _("每行一对，写法：about = 标记, left = 一方, right = 另一方"),
    Parts.ENTRY: _("每行一条，写法：名称 = 内容"),
    Parts.ENTRY_OR_LIST: _("每行一条，写法：名称 = 内容；有几项时用逗号隔开"),
    Parts.ENTRY_OF_LIST: _("每行一条，写法：名称 = 第一项, 第二项；没有内容表示都不允许"),
    Parts.ENTRY_OF_SETS: _("每行一条，写法：名称 = 第一组的项, 第一组的项; 第二组的项"),
}


class NumberField(CleanCharField):
    """A whole number; cleans to int, or None where none is required."""

    width = "code"
    messages = {
        "digits": _("{label}只能填写数字，例如 3"),
        "least": _("{label}最小是 {minimum}"),
        "most": _("{label}最大是 {maximum}"),
    }

    def __init__(self, *args, minimum: int | None = None, maximum: int | None = None, **kwargs):
        self.minimum, self.maximum = minimum, maximum
        super().__init__(*args, **kwargs)
        self.widget.attrs["inputmode"] = "numeric"

    def slots(self):
        return {**super().slots(), "minimum": self.minimum, "maximum": self.maximum}

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_FIGURE:
            raise ValidationError(self.error_messages["digits"], code="digits")
        number = int(text)
        if self.minimum is not None and number < self.minimum:
            raise ValidationError(self.error_messages["least"], code="least")
        if self.maximum is not None and number > self.maximum:
            raise ValidationError(self.error_messages["most"], code="most")
        return number


class LinesField(LongTextField):
    """A parameter with parts, one entry a line; cleans to what the row holds."""

    messages = {
        "line": _("{label}的第 %(number)d 行不完整，请按“名称 = 内容”的写法填写"),
        "repeated": _("{label}的第 %(number)d 行重复了前面的名称，请合并或删除"),
    }

    def __init__(self, *args, parameter: Parameter, **kwargs):
        self.parameter = parameter
        kwargs.setdefault("help_text", HINTS[parameter.parts])
        super().__init__(*args, **kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return value_of(self.parameter, text)
        except LineError as error:
            code = "repeated" if isinstance(error, RepeatedLine) else "line"
            numbers = {"number": error.args[0]}
            raise ValidationError(self.error_messages[code], code=code, params=numbers) from error


def field_of(parameter: Parameter, label: str) -> forms.Field:
    """The field that asks for a parameter."""
    needed = parameter.is_required
    match parameter.shape:
        case Shape.FLAG if parameter.is_optional:
            choices = [("yes", _("是")), ("no", _("否"))]
            return SelectField(label=label, choices=choices, empty_label=_("不限"), required=False)
        case Shape.FLAG:
            return YesNoField(label=label)
        case Shape.NUMBER:
            low = 0 if parameter.minimum is None else parameter.minimum
            return NumberField(
                label=label,
                minimum=low,
                maximum=parameter.maximum,
                required=not parameter.is_optional,
            )
        case Shape.DAY:
            return DayField(label=label, required=needed)
        case Shape.CHOICE:
            is_free = parameter.is_optional and not needed
            empty = _("无") if is_free else _("请选择")
            return SelectField(
                label=label,
                choices=parameter.choices,
                empty_label=empty,
                required=not is_free,
                width="full",
            )
        case Shape.CHOICES:
            return OptionsField(label=label, choices=parameter.choices, required=needed)
        case Shape.LINES:
            return LinesField(label=label, parameter=parameter, required=needed, rows=4)
        case _:
            return CleanCharField(label=label, required=needed, max_length=200)


def shown(parameter: Parameter, value: Any) -> Any:
    """What the field begins with for a value of the row."""
    match parameter.shape:
        case Shape.FLAG:
            return {True: "yes", False: "no"}.get(value, "")
        case Shape.DAY:
            return date.fromisoformat(value) if value else None
        case Shape.LINES:
            return text_of(parameter, value)
        case Shape.CHOICES:
            return list(value or ())
        case _:
            return "" if value is None else value


def value_from(parameter: Parameter, cleaned: Any, before: Any) -> Any:
    """What the row holds for a cleaned value; None means that nothing is said."""
    match parameter.shape:
        case Shape.FLAG:
            return {"yes": True, "no": False, "": None}.get(cleaned, cleaned)
        case Shape.DAY:
            return cleaned.isoformat() if cleaned else None
        case Shape.CHOICES:
            return in_old_order(cleaned, before)
        case Shape.CHOICE | Shape.WORD:
            return cleaned or None
        case _:
            return cleaned


def in_old_order(chosen: list[str], before: Any) -> list[str]:
    """What stays keeps its place: the first of several papers is the one that is asked for."""
    kept = [word for word in before or () if word in chosen]
    return kept + [word for word in chosen if word not in kept]
