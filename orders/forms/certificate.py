"""The subject's certificate and where the subject can be found."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.data_language import data_language
from beian.forms import (
    CleanCharField,
    LongTextField,
    OptionField,
    PrintedNumberField,
    SelectField,
    ValidUntil,
    ValidUntilField,
)
from orders.apply.addresses import read_address
from orders.asked import COMPARED
from orders.dossier import Dossier, get_value
from orders.forms.dossier import DossierForm, problem_text
from rules.certificates import check_number, replaced
from rules.enumerations import certificate_type, certificate_types
from rules.regions import cities_of, region_name

SAME, OTHER = "same", "other"
# Fields of an address that is not the certificate's, and where they are stored.
CONTACT = {
    "contact_region": "subject.contact_region",
    "contact_address": "subject.contact_address",
}


class CertificateForm(DossierForm):
    """What the pages of a unit and of a natural person share: certificate and addresses.

    The contact address is that of the certificate or another.
    """

    paths = {
        "name": "subject.name",
        "cert_type": "subject.cert_type",
        "cert_number": "subject.cert_number",
        "cert_address": "subject.cert_address",
        "cert_valid_to": "subject.cert_valid_to",
        "contact_same": "subject.contact_address",
        **CONTACT,
        "remarks": "subject.remarks",
    }

    cert_type: Field = OptionField(label=_("证件类型"))
    name: Field = CleanCharField(label=_("主办单位名称"), max_length=120)
    cert_number: Field = PrintedNumberField(label=_("证件号码"), width="mail")
    cert_address: Field = CleanCharField(label=_("证件住所"), max_length=200)
    cert_valid_to: Field = ValidUntilField(label=_("证件有效期截止日期"))
    contact_same: Field = OptionField(
        label=_("通讯地址"),
        choices=[(SAME, _("与证件住所相同")), (OTHER, _("另外填写"))],
    )
    contact_region = SelectField(label=_("通讯地址所在城市"), empty_label=_("请选择城市"))
    contact_address = CleanCharField(
        label=_("区县、街道和门牌号"),
        max_length=200,
        help_text=_("不用重复填写省和城市；没有门牌号的，请在备注中写明“已是最详细地址”"),
    )
    remarks: Field = LongTextField(label=_("主体备注"), max_length=500, rows=3, required=False)

    def set_up(self) -> None:
        province = self.order.dossier.subject.province
        kinds = certificate_types(self.order.dossier.subject.nature)
        self.fields["cert_type"].choices = [(row.key, row.label(data_language())) for row in kinds]
        self._explain_old_certificate()
        cities = [
            (city.code, region_name(city.code, data_language())) for city in cities_of(province)
        ]
        self.fields["contact_region"].choices = [("", _("请选择城市")), *cities]

    def _explain_old_certificate(self) -> None:
        """A certificate that is no longer offered is refused with what to bring instead."""
        kind = certificate_type(self.data.get("cert_type", "")) if self.is_bound else None
        if kind is not None and not kind.active:
            reason = _t("%(kind)s不能用于新的备案，请换领载有统一社会信用代码的证件，再选择该证件")
            words = {"kind": kind.label(data_language())}
            self.fields["cert_type"].error_messages["invalid_choice"] = reason % words

    def composite(self, dossier: Dossier) -> dict[str, Any]:
        subject = dossier.subject
        valid = ValidUntil(subject.cert_valid_to, subject.cert_long_term)
        written = read_address(subject.cert_address)
        is_same = not subject.contact_address or (
            (subject.contact_region, subject.contact_address) == (written.city, written.detail)
        )
        only = cities_of(subject.province)
        region = subject.contact_region
        if len(only) == 1 and region == subject.province:
            region = only[0].code
        return {
            "cert_valid_to": valid if valid.day_or_none or valid.long_term else None,
            "contact_same": SAME if is_same else OTHER,
            "contact_region": region,
        }

    def companions(self, name: str) -> tuple[str, ...]:
        return ("subject.cert_long_term",) if name == "cert_valid_to" else ()

    def _holds(self, name: str, path: str) -> bool:
        # Something about the address stands where it is written: at the choice of the
        # certificate's, else at the city or the street.
        if path in CONTACT.values():
            return name == self._contact_field(path)
        return super()._holds(name, path)

    def _contact_field(self, path: str) -> str:
        if self.takes_certificate_address:
            return "contact_same"
        return next(name for name, own in CONTACT.items() if own == path)

    @property
    def takes_certificate_address(self) -> bool:
        """Whether the page says that the contact address is that of the certificate."""
        return "contact_same" in self.fields and self["contact_same"].value() != OTHER

    def _close_fields(self) -> None:
        super()._close_fields()
        # The choice says nothing beside the address it led to.
        if "contact_address" in self.closed:
            self.closed.pop("contact_same", None)

    def clean_cert_number(self) -> str:
        number = self.cleaned_data["cert_number"]
        kind = certificate_type(self._posted_type())
        checked = (
            check_number(str(kind.more["format"]), number, today=clock.today()) if kind else None
        )
        if checked is None:
            return number
        problem = replaced(checked.number) if checked.is_legacy else checked.problem
        if problem:
            raise ValidationError(problem_text(problem))
        return checked.number

    def _posted_type(self) -> str:
        chosen = self.cleaned_data.get("cert_type")
        return chosen or self.order.dossier.subject.cert_type

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("contact_same") == SAME:
            self._take_certificate_address(cleaned)
        return cleaned

    def _take_certificate_address(self, cleaned: dict[str, Any]) -> None:
        for name in ("contact_region", "contact_address"):
            self.errors.pop(name, None)
            cleaned.pop(name, None)
        address = cleaned.get("cert_address", self.order.dossier.subject.cert_address)
        if not address or "contact_address" not in self.fields:
            return
        written = read_address(address)
        if written.city and written.detail:
            cleaned["contact_region"], cleaned["contact_address"] = written.city, written.detail
            return
        reason = _t("证件住所没有写明城市和详细地址，请选择“另外填写”并填写通讯地址")
        self.add_error("contact_same", reason)

    def edits(self) -> dict[str, Any]:
        edits = super().edits()
        stored = self.order.dossier
        changed = {path for path, value in edits.items() if value != get_value(stored, path)}
        # Compared with what stood here before: to be answered anew.
        gone = [path for path, fields in COMPARED.items() if not changed.isdisjoint(fields)]
        return {**edits, **dict.fromkeys(gone)}

    def split(self, name: str, value: Any) -> dict[str, Any]:
        if name == "contact_same":
            return {}
        if name == "cert_valid_to":
            return {
                "subject.cert_valid_to": value.day_or_none,
                "subject.cert_long_term": value.long_term,
            }
        return super().split(name, value)
