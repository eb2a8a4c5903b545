"""Contacts of a responsible person: phone and mail answer a code before they count."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.enums import Channel
from beian.forms import CodeField, MailField, PhoneField
from beian.site_settings import setting
from orders.assessment import assess
from orders.dossier import get_value
from orders.forms.dossier import DossierForm
from verification.actions.proofs import is_proved

# Contact field → its code field and how the code travels.
CODES = {"mobile": ("mobile_code", Channel.SMS), "email": ("email_code", Channel.MAIL)}
CONTACT_NAMES = ("mobile", "emergency_phone", "email")
SUBJECT_PRINCIPAL = "subject.principal"


def contact_paths(prefix: str) -> dict[str, str]:
    return {name: f"{prefix}.{name}" for name in CONTACT_NAMES}


class ContactsForm(DossierForm):
    """`area` is the path of the person's part."""

    area = ""

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
        """The person's fields, without questions about the person."""
        return {*contact_paths(self.area), *(code for code, _channel in CODES.values())}

    def address(self, contact: str) -> str:
        """The phone or mail as posted, or as stored on a page not posted; empty if it is wrong."""
        if not self.is_bound:
            return get_value(self.order.dossier, self.paths[contact])
        try:
            return self.fields[contact].clean(self[contact].data)
        except ValidationError:
            return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for contact, (code, _channel) in CODES.items():
            # A code for a number that is itself wrong would be a second error about one mistake.
            if contact in self.errors:
                self.errors.pop(code, None)
        return cleaned


class OwnContactsForm(ContactsForm):
    """A natural person's page: who it is stands on the page before."""

    area = SUBJECT_PRINCIPAL
    paths = contact_paths(SUBJECT_PRINCIPAL)
    beside = {code: f"{SUBJECT_PRINCIPAL}.{name}" for name, (code, _channel) in CODES.items()}
