"""Dates typed as three numbers, and certificates that are valid until a day or without end."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms.labelled import LabelledField
from beian.forms.normalise import drop_separators
from beian.forms.widgets import DateParts


@dataclass(frozen=True)
class ValidUntil:
    """Last day of validity, or ``long_term`` (长期) with no last day."""

    day_or_none: dt.date | None
    long_term: bool = False


class ThreePartDateField(LabelledField):
    """A day typed as year, month, day; cleans to ``datetime.date`` or None."""

    messages = {
        "required": _("请填写{label}的年、月、日"),
        "incomplete": _("{label}不完整，请把年、月、日都填上"),
        "digits": _("{label}的年、月、日只能填写数字，例如 2041 年 6 月 12 日"),
        "invalid": _("{label}不是真实存在的日期，请对照证件重新填写，例如 2041 年 6 月 12 日"),
    }

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("widget", DateParts())
        super().__init__(*args, **kwargs)

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        parts = [drop_separators(str(part or "")) for part in (value or [])[:3]]
        if not any(parts):
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValidationError(self.error_messages["digits"], code="digits")
        year, month, day = map(int, parts)
        try:
            # A year of one or two digits is a slip of the finger, not the first century.
            return dt.date(year, month, day) if year >= 1000 else self._refuse()
        except ValueError:
            self._refuse()

    def _refuse(self):
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class DayField(ThreePartDateField):
    """A day that stands on no certificate."""

    messages = {
        "digits": _("{label}的年、月、日只能填写数字，例如 2026 年 6 月 12 日"),
        "invalid": _("{label}不是真实存在的日期，请改正，例如 2026 年 6 月 12 日"),
    }


class ValidUntilField(ThreePartDateField):
    """Cleans to ``ValidUntil``; 长期 and a date together are refused."""

    messages = {
        "required": _("请填写{label}的年、月、日，证件没有截止日期时请勾选“长期”"),
        "both": _("{label}只能填写日期或勾选“长期”其中一项，请删除另一项"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=DateParts(long_term=True), **kwargs)

    def to_python(self, value):
        long_term = bool(value and value[3])
        # Before the date is read: what is to be deleted need not be a date.
        if long_term and any(str(part or "").strip() for part in value[:3]):
            raise ValidationError(self.error_messages["both"], code="both")
        day = super().to_python(value)
        return ValidUntil(day, long_term) if day or long_term else None
