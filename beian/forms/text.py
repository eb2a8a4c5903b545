"""Text fields that normalise before they validate."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from beian.forms.labelled import LabelledField
from beian.forms.normalise import (
    drop_separators,
    half_width,
    half_width_words,
    has_control_character,
    trim,
)


class CleanCharField(LabelledField, forms.CharField):
    """One line of text: trimmed, letters and digits half-width, control characters refused."""

    lines = False
    messages = {
        "required": _("请填写{label}"),
        "max_length": _("{label}最多 %(limit_value)d 个字，请缩短后再提交"),
        "min_length": _("{label}至少 %(limit_value)d 个字，请补充完整"),
        "control": _("{label}中有看不见的控制字符，请删除后重新输入"),
    }

    def normalise(self, text: str) -> str:
        return half_width_words(trim(text))

    def to_python(self, value):
        value = self.normalise(super().to_python(value) or "")
        if has_control_character(value, lines=self.lines):
            raise ValidationError(self.error_messages["control"], code="control")
        return value


class LongTextField(CleanCharField):
    """Several lines of text."""

    lines = True

    def __init__(self, *args, rows=4, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(*args, **kwargs)

    def normalise(self, text: str) -> str:
        return super().normalise(text).replace("\r\n", "\n")


class CertificateNumberField(CleanCharField):
    """Certificate number in one form: upper case, no spaces or hyphens. What it means is a rule."""

    messages = {"shape": _("{label}只能包含字母和数字，请对照证件逐位核对")}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def normalise(self, text: str) -> str:
        return drop_separators(text).upper()

    def validate(self, value):
        super().validate(value)
        if value and not re.fullmatch(r"[0-9A-Z]+", value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class PrintedNumberField(CleanCharField):
    """The number of any certificate, in Chinese characters too; outer and double spaces go."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 50)
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def normalise(self, text: str) -> str:
        return re.sub(r" +", " ", super().normalise(text)).upper()


class CodeField(CleanCharField):
    """One-time code in a single box; pasting it with spaces is fine."""

    width = "code"
    messages = {
        "required": _("请填写{label}，验证码在最新一条短信或邮件中"),
        "shape": _("{label}应为 {digits} 位数字，请填写最新一条短信或邮件中的验证码"),
    }

    def __init__(self, *args, digits, **kwargs):
        self.digits = digits
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "spellcheck": "false",
            "class": "input input--code input--spaced",
        }

    def slots(self):
        return super().slots() | {"digits": self.digits}

    def normalise(self, text: str) -> str:
        return drop_separators(text)

    def validate(self, value):
        super().validate(value)
        if value and not re.fullmatch(rf"[0-9]{{{self.digits}}}", value):
            raise ValidationError(self.error_messages["shape"], code="shape")


class MailField(CleanCharField):
    """Mail address; the domain part is stored in lower case."""

    width = "mail"
    messages = {
        "at": _("{label}缺少“@”，请填写完整地址，例如 lin@shili-keji.com"),
        "invalid": _("{label}不是可以收信的地址，请检查“@”前后的内容，例如 lin@shili-keji.com"),
    }

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 254)
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}

    def normalise(self, text: str) -> str:
        local, at, domain = re.sub(r"\s+", "", half_width(trim(text))).rpartition("@")
        return f"{local}{at}{domain.lower()}" if at else domain

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        if "@" not in value:
            raise ValidationError(self.error_messages["at"], code="at")
        try:
            EmailValidator()(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
