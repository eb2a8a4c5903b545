"""A responsible person: certificate, and contacts that answer a code."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.enums import Channel
from beian.forms import (
    CertificateNumberField,
    CleanCharField,
    CodeField,
    MailField,
    PhoneField,
    SelectField,
    ThreePartDateField,
    ValidUntil,
    ValidUntilField,
)
from beian.site_settings import setting
from orders.assessment import assess
from orders.dossier import Dossier, get_value
from orders.forms.dossier import DossierForm, problem_text
from orders.language import data_language
from rules.certificates import check_number
from rules.enumerations import personal_certificate_type, personal_certificate_types
from verification.actions.proofs import is_proved

# Contact field → its code field and how the code travels.
CODES = {"mobile": ("mobile_code", Channel.SMS), "email": ("email_code", Channel.MAIL)}
IDENTITY = ("full_name", "cert_type", "cert_number", "valid_from", "valid_to")


def person_paths(prefix: str) -> dict[str, str]:
    names = (
        "full_name",
        "cert_type",
        "cert_number",
        "valid_from",
        "valid_to",
        "mobile",
        "emergency_phone",
        "email",
    )
    return {name: f"{prefix}.{name}" for name in names}


class PersonForm(DossierForm):
    """Fields of a person. `area` is the path of the person's part."""

    area = ""

    full_name = CleanCharField(label=_("姓名"), max_length=60, width="mail")
    cert_type = SelectField(label=_("证件类型"), width="mail", empty_label=_("请选择证件类型"))
    cert_number = CertificateNumberField(label=_("证件号码"), width="mail")
    valid_from = ThreePartDateField(
        label=_("证件有效期开始日期"), help_text=_("身份证背面“有效期限”中的前一个日期")
    )
    valid_to = ValidUntilField(
        label=_("证件有效期截止日期"),
        help_text=_("身份证背面“有效期限”中的后一个日期，或“长期”"),
    )
    mobile = PhoneField(
        label=_("手机号"), help_text=_("本人使用、可以接通；审核员会拨打，工信部核验短信也发到这里")
    )
    mobile_code = CodeField(label=_("短信验证码"), digits=6)
    emergency_phone = PhoneField(
        label=_("应急电话"),
        mobile_only=False,
        help_text=_("手机或带区号的固定电话均可，须与手机号不同"),
    )
    email = MailField(label=_("电子邮箱"), help_text=_("接收审核结果；不能与其他主体共用"))
    email_code = CodeField(label=_("邮件验证码"), digits=6)

    def set_up(self) -> None:
        rows = [(row.key, row.label(data_language())) for row in personal_certificate_types()]
        self.fields["cert_type"].choices = [("", _("请选择证件类型")), *rows]
        digits, minutes = setting("code.digits"), setting("code.minutes")
        hint = _t("%(digits)d 位数字，%(minutes)d 分钟内有效，可以粘贴")
        for contact, (code, channel) in CODES.items():
            self.fields[code].digits = digits
            self.fields[code].help_text = hint % {"digits": digits, "minutes": minutes}
            if self._is_proved(contact, channel):
                del self.fields[code]

    def _is_proved(self, contact: str, channel: str) -> bool:
        address = self.address(contact)
        if address != get_value(self.order.dossier, self.paths[contact]):
            return is_proved(self.order.pk, channel, address)
        # Of a person who is not looked at (same as the subject principal) nothing is stored.
        return bool(address) and self.paths[contact] not in assess(self.order).unproved

    @property
    def own_names(self) -> set[str]:
        """The person's fields, without the question whether it is somebody else."""
        return {*person_paths(self.area), *(code for code, _channel in CODES.values())}

    def address(self, contact: str) -> str:
        """The phone or mail as posted, or as stored on a page not posted; empty if it is wrong."""
        if not self.is_bound:
            return get_value(self.order.dossier, self.paths[contact])
        try:
            return self.fields[contact].clean(self[contact].data)
        except ValidationError:
            return ""

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
        cleaned = super().clean() or self.cleaned_data
        self._check_period(cleaned.get("valid_from"), cleaned.get("valid_to"))
        for contact, (code, _channel) in CODES.items():
            # A code for a number that is itself wrong would be a second error about one mistake.
            if contact in self.errors:
                self.errors.pop(code, None)
        return cleaned

    def _check_period(self, start: date | None, until: ValidUntil | None) -> None:
        end = until.day_or_none if until else None
        if start and start > clock.today():
            self.add_error("valid_from", _t("证件有效期开始日期不能晚于今天，请对照证件重新填写"))
        elif start and end and end <= start:
            self.add_error("valid_to", _t("证件有效期截止日期须晚于开始日期，请对照证件重新填写"))

    def split(self, name: str, value: Any) -> dict[str, Any]:
        if name == "valid_to":
            return {
                f"{self.area}.valid_to": value.day_or_none,
                f"{self.area}.long_term": value.long_term,
            }
        return super().split(name, value)
