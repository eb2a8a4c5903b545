"""Whom an account belongs to."""

from django.utils.translation import gettext_lazy as _

from beian.forms import AgreeField, CertificateNumberField, CleanCharField, OptionField, PageForm

# A unified social credit code (GB 32100) and a resident ID number (GB 11643) are both this long.
NUMBER_LENGTH = 18


class RealNameForm(PageForm):
    UNIT, PERSON = "unit", "person"

    holder = OptionField(
        label=_("账号持有人"),
        choices=[(UNIT, _("单位")), (PERSON, _("个人"))],
        hints={
            UNIT: _("填写单位全称和统一社会信用代码"),
            PERSON: _("填写本人姓名和居民身份证号码"),
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

    def clean(self):
        data = super().clean()
        number = data.get("cert_number", "")
        if number and len(number) != NUMBER_LENGTH:
            self.add_error("cert_number", self._length_error(data.get("holder"), len(number)))
        return data

    def _length_error(self, holder: str | None, length: int) -> str:
        text = (
            _("居民身份证号码为 18 位，您填写了 %(length)d 位，请对照身份证逐位核对")
            if holder == self.PERSON
            else _("统一社会信用代码为 18 位，您填写了 %(length)d 位，请对照证件逐位核对")
        )
        return text % {"length": length}
