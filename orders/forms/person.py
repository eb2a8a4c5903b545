"""A responsible person: certificate and contacts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.data_language import data_language
from beian.forms import (
    CertificateNumberField,
    CleanCharField,
    SelectField,
    ThreePartDateField,
    ValidUntil,
    ValidUntilField,
)
from orders.dossier import Dossier, get_value
from orders.forms.birth_date import check_birth_date
from orders.forms.contacts import ContactsForm, contact_paths
from orders.forms.dossier import problem_text
from orders.forms.validity import check_period
from rules.certificates import check_number
from rules.enumerations import personal_certificate_type, personal_certificate_types

IDENTITY = ("full_name", "cert_type", "cert_number", "birth_date", "valid_from", "valid_to")


def person_paths(prefix: str) -> dict[str, str]:
    return {**{name: f"{prefix}.{name}" for name in IDENTITY}, **contact_paths(prefix)}


class PersonForm(ContactsForm):
    """Fields of a person who is not the subject."""

    field_order: tuple[str, ...] = IDENTITY

    full_name = CleanCharField(label=_("姓名"), max_length=60, width="mail")
    cert_type = SelectField(label=_("证件类型"), width="mail", empty_label=_("请选择证件类型"))
    cert_number = CertificateNumberField(label=_("证件号码"), width="mail")
    birth_date = ThreePartDateField(
        label=_("出生日期"),
        help_text=_("使用通行证、护照等号码中没有出生日期的证件时填写"),
    )
    valid_from = ThreePartDateField(
        label=_("证件有效期开始日期"),
        help_text=_("身份证在背面“有效期限”中，为前一个日期；护照为签发日期"),
    )
    valid_to = ValidUntilField(
        label=_("证件有效期截止日期"),
        help_text=_("身份证在背面“有效期限”中，为后一个日期；没有截止日期的，请勾选“长期”"),
    )

    def set_up(self) -> None:
        rows = [(row.key, row.label(data_language())) for row in personal_certificate_types()]
        self.fields["cert_type"].choices = [("", _("请选择证件类型")), *rows]
        super().set_up()

    @property
    def own_names(self) -> set[str]:
        return {*super().own_names, *IDENTITY}

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        person = get_value(dossier, self.area)
        valid = ValidUntil(person.valid_to, person.long_term)
        return {"valid_to": valid if valid.day_or_none or valid.long_term else None}

    def companions(self, name: str) -> tuple[str, ...]:
        return (f"{self.area}.long_term",) if name == "valid_to" else ()

    def clean_cert_number(self) -> str:
        number = self.cleaned_data["cert_number"]
        stored = get_value(self.order.dossier, f"{self.area}.cert_type")
        kind = personal_certificate_type(self.cleaned_data.get("cert_type") or stored)
        if kind is None:
            return number
        checked = check_number(str(kind.more["format"]), number, today=clock.today())
        if checked.problem:
            raise ValidationError(problem_text(checked.problem))
        return checked.number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        check_period(self, "valid_from", "valid_to")
        stored = get_value(self.order.dossier, self.area)
        cert_type = cleaned.get("cert_type") or stored.cert_type
        check_birth_date(self, cleaned, cert_type, cleaned.get("cert_number", stored.cert_number))
        return cleaned

    def split(self, name: str, value: Any) -> dict[str, Any]:
        if name == "valid_to":
            return {
                f"{self.area}.valid_to": value.day_or_none,
                f"{self.area}.long_term": value.long_term,
            }
        return super().split(name, value)
