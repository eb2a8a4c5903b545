"""Whom an account belongs to."""

import re

from django.utils.translation import gettext_lazy as _

from beian.forms import (
    AgreeField,
    CertificateNumberField,
    CleanCharField,
    OptionField,
    PageForm,
    PrintedNumberField,
)

# A unified social credit code (GB 32100) and a resident ID number (GB 11643) are both this long.
NUMBER_LENGTH = 18
# Permits, passports and permanent resident cards.
OTHER_PERSONAL = re.compile(r"[0-9A-Z]{5,18}")


class RealNameForm(PageForm):
    """Holders of other certificates say so: the length of the number cannot be checked then."""

    UNIT, PERSON = "unit", "person"
    OTHER_UNIT, OTHER_PERSON = "unit_other", "person_other"

    holder = OptionField(
        label=_("账号持有人"),
        choices=[
            (UNIT, _("单位")),
            (PERSON, _("个人")),
            (OTHER_UNIT, _("没有统一社会信用代码的单位")),
            (OTHER_PERSON, _("没有居民身份证的个人")),
        ],
        hints={
            UNIT: _("填写单位全称和统一社会信用代码"),
            PERSON: _("填写本人姓名和居民身份证号码"),
            OTHER_UNIT: _("填写单位全称和主体证件上的编号"),
            OTHER_PERSON: _("填写证件上的姓名，以及通行证、居住证、护照或永久居留身份证的号码"),
        },
    )
    name = CleanCharField(
        label=_("单位全称或个人姓名"),
        min_length=2,
        max_length=100,
        help_text=_("与证件上的名称完全一致"),
    )
    cert_number = CertificateNumberField(label=_("证件号码"), width="mail")
    consent = AgreeField(label=_("我同意平台为实名认证处理上述证件信息"), text="certificate_data")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self["holder"].data == self.OTHER_UNIT:
            self.fields["cert_number"] = PrintedNumberField(label=_("证件号码"), width="mail")

    def clean(self):
        data = super().clean()
        holder, number = data.get("holder"), data.get("cert_number", "")
        if not number or holder == self.OTHER_UNIT:
            return data
        if holder == self.OTHER_PERSON:
            if not OTHER_PERSONAL.fullmatch(number):
                reason = _(
                    "通行证、居住证、护照或永久居留身份证的号码为 5 至 18 位，请对照证件逐位核对"
                )
                self.add_error("cert_number", reason)
        elif len(number) != NUMBER_LENGTH:
            self.add_error("cert_number", self._length_error(holder, len(number)))
        return data

    def _length_error(self, holder: str | None, length: int) -> str:
        text = (
            _("居民身份证号码为 18 位，您填写了 %(length)d 位，请对照身份证逐位核对")
            if holder == self.PERSON
            else _("统一社会信用代码为 18 位，您填写了 %(length)d 位，请对照证件逐位核对")
        )
        return text % {"length": length}
