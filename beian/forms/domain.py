"""The shape of a domain name. Suffix, registrar and ownership are rules, not shape."""

import re

import idna
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms.normalise import half_width, trim
from beian.forms.text import CleanCharField

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)


class DomainField(CleanCharField):
    """Domain name in its readable form (Unicode, lower case); a pasted scheme is removed."""

    width = "mail"
    messages = {
        "www": _("{label}请填写不带“www.”的域名，例如 shili-keji.com"),
        "several": _("{label}只能填写一个，请删除空格、逗号和多余的域名"),
        "path": _("{label}只填写域名本身，请删除“/”“:”及其后面的内容"),
        "shape": _("{label}不是完整的域名，请填写类似 shili-keji.com 的域名"),
    }

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 253)
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "url", "spellcheck": "false"}

    def normalise(self, text: str) -> str:
        bare = _SCHEME.sub("", half_width(trim(text))).replace("。", ".").lower()
        return bare.removesuffix("/").removesuffix(".")

    def validate(self, value):
        super().validate(value)
        if value:
            self._check_shape(value)

    def _check_shape(self, value: str) -> None:
        if re.search(r"[\s,;、]", value):
            raise ValidationError(self.error_messages["several"], code="several")
        if re.search(r"[/:?#@]", value):
            raise ValidationError(self.error_messages["path"], code="path")
        if value.startswith("www."):
            raise ValidationError(self.error_messages["www"], code="www")
        try:
            ascii_form = idna.encode(value, uts46=True).decode()
        except idna.IDNAError as error:
            raise ValidationError(self.error_messages["shape"], code="shape") from error
        labels = ascii_form.split(".")
        if len(labels) < 2 or labels[-1].isdigit():
            raise ValidationError(self.error_messages["shape"], code="shape")
