"""A natural person who files: the ID card or permit, and where the person lives."""

from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.forms import (
    CertificateNumberField,
    CleanCharField,
    LongTextField,
    OptionField,
    SelectField,
    ThreePartDateField,
    ValidUntilField,
)
from orders.apply.addresses import read_address
from orders.certificates import has_printed_address
from orders.forms.birth_date import check_birth_date
from orders.forms.certificate import OTHER, SAME, CertificateForm
from orders.forms.validity import check_period

BIRTH_DATE = "subject.principal.birth_date"


class IdentityForm(CertificateForm):
    """The page of the certificate in the words of a person. The birth date is asked only where the
    number of the certificate does not carry it, an address only where one is printed."""

    paths = {
        **CertificateForm.paths,
        "cert_valid_from": "subject.cert_valid_from",
        "birth_date": BIRTH_DATE,
    }
    field_order = (
        "cert_type",
        "name",
        "cert_number",
        "birth_date",
        "cert_valid_from",
        "cert_valid_to",
        "cert_address",
        "contact_same",
        "contact_region",
        "contact_address",
        "remarks",
    )

    cert_type = SelectField(label=_("证件类型"), width="mail", empty_label=_("请选择证件类型"))
    name = CleanCharField(
        label=_("姓名"), max_length=60, width="mail", help_text=_("与证件上的姓名完全一致")
    )
    cert_number = CertificateNumberField(label=_("证件号码"), width="mail")
    birth_date = ThreePartDateField(
        label=_("出生日期"),
        help_text=_("使用通行证、护照等号码中没有出生日期的证件时填写"),
    )
    cert_valid_from = ThreePartDateField(
        label=_("证件有效期开始日期"),
        help_text=_("身份证在背面“有效期限”中，为前一个日期；护照为签发日期"),
    )
    cert_valid_to = ValidUntilField(
        label=_("证件有效期截止日期"),
        help_text=_("身份证在背面“有效期限”中，为后一个日期；没有截止日期的，请勾选“长期”"),
    )
    cert_address = CleanCharField(
        label=_("证件上的住址"),
        max_length=200,
        help_text=_("与证件上的住址完全一致，例如“浙江省杭州市上城区示范路100号”"),
    )
    contact_same = OptionField(
        label=_("通讯地址"),
        choices=[(SAME, _("与证件上的住址相同")), (OTHER, _("另外填写"))],
        help_text=_("实际居住的地方，须在备案省份内"),
    )
    remarks = LongTextField(label=_("备注"), max_length=500, rows=3, required=False)

    @property
    def has_printed_address(self) -> bool:
        """Whether the certificate chosen on the page shows an address."""
        return has_printed_address(self._posted_type())

    @property
    def takes_certificate_address(self) -> bool:
        return self.has_printed_address and super().takes_certificate_address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_period(self, "cert_valid_from", "cert_valid_to")
        number = cleaned.get("cert_number", self.order.dossier.subject.cert_number)
        check_birth_date(self, cleaned, self._posted_type(), number)
        if "cert_address" in self.fields:
            self._check_address(cleaned)
        return cleaned

    def _check_address(self, cleaned: dict[str, Any]) -> None:
        if not self.has_printed_address:
            self.errors.pop("cert_address", None)
            cleaned["cert_address"] = ""

    def _take_certificate_address(self, cleaned: dict[str, Any]) -> None:
        if not self.has_printed_address:
            # There is nothing to be the same as: the fields of the other address count.
            self.errors.pop("contact_same", None)
            return
        super()._take_certificate_address(cleaned)
        written = read_address(cleaned.get("cert_address", ""))
        if written.province and written.province != self.order.dossier.subject.province:
            for name in ("contact_region", "contact_address"):
                cleaned.pop(name, None)
            reason = _t("证件上的住址不在备案省份，请选择“另外填写”，并填写备案省份内的居住地址")
            if "contact_same" in self.fields and "contact_same" not in self.errors:
                self.add_error("contact_same", reason)
