"""Phone numbers of mainland China, kept as national digits (13800000034, 057187654321)."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms.normalise import drop_separators
from beian.forms.text import CleanCharField

_PREFIX = re.compile(r"^(?:\+|00)?86(?=1\d{10}$|0?[2-9]\d{8,10}$|10\d{8}$)")


class PhoneField(CleanCharField):
    """A phone number. ``mobile_only`` refuses landlines.

    Cleans to national digits without country code; a landline keeps its leading 0, so that the same
    number always has the same digest.
    """

    width = "phone"
    messages = {
        "mobile": _("{label}应为 11 位中国大陆手机号，例如 138 0000 0034，请核对后重新填写"),
        "phone": _(
            "{label}应为中国大陆手机号，或带区号的固定电话，例如 0571-8765 4321，请核对后重新填写"
        ),
    }

    def __init__(self, *args, mobile_only=True, **kwargs):
        self.mobile_only = mobile_only
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocomplete": "tel", "inputmode": "tel", "spellcheck": "false"}

    def prepare_value(self, value):
        """A mobile in groups, as people read it aloud: 138 0000 0034."""
        groups = re.fullmatch(r"(1\d{2})(\d{4})(\d{4})", value or "")
        return " ".join(groups.groups()) if groups else value

    def normalise(self, text: str) -> str:
        digits = re.sub(r"[()]", "", drop_separators(text))
        return _PREFIX.sub("", digits)

    def validate(self, value):
        super().validate(value)
        if not value or re.fullmatch(r"1[3-9]\d{9}", value):
            return
        code = "mobile" if self.mobile_only else "phone"
        if self.mobile_only or not _is_landline(value):
            raise ValidationError(self.error_messages[code], code=code)


def _is_landline(digits: str) -> bool:
    # Without the area code a reviewer in another city cannot ring back.
    if not re.fullmatch(r"0\d{9,11}", digits):
        return False
    number = phonenumbers.parse(digits, "CN")
    return phonenumbers.is_possible_number(number)
