"""What a responsible person types: first to find the verification, then to complete it."""

from django.utils.translation import gettext_lazy as _

from beian.forms import CertificateNumberField, CleanCharField, CodeField, PageForm, PhoneField
from beian.forms.normalise import half_width
from beian.site_settings import setting
from verification.actions.sms import Entry
from verification.ministry import TAIL_LENGTH


class OrderNumberField(CleanCharField):
    """An order's number in the one spelling it is stored in."""

    def normalise(self, text: str) -> str:
        return "".join(half_width(text).split()).upper()


class FindForm(PageForm):
    """Order number and own mobile, as in the message."""

    number = OrderNumberField(
        label=_("订单号"),
        help_text=_("短信中“备案订单”后面的号码，例如 BA20261120-0032"),
        max_length=20,
        width="phone",
    )
    mobile = PhoneField(label=_("手机号"), help_text=_("收到短信的手机号"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}


class VerifyForm(PageForm):
    """The three things the ministry asks for."""

    mobile = PhoneField(label=_("手机号"))
    tail = CertificateNumberField(
        label=_("证件号码后 6 位"),
        help_text=_("末位是 X 的，请输入 X"),
        width="code",
        max_length=TAIL_LENGTH,
        min_length=TAIL_LENGTH,
        error_messages={
            "max_length": _("请只填写证件号码的后 6 位"),
            "min_length": _("请填写证件号码的后 6 位，少填了一部分"),
        },
    )
    field_order = ["mobile", "code", "tail"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        digits, sender = setting("sms.code_digits"), setting("sms.sender")
        self.fields["code"] = CodeField(
            label=_("短信验证码"),
            help_text=_("%(digits)d 位数字，发送方 %(sender)s 或 106…%(sender)s")
            % {"digits": digits, "sender": sender},
            digits=digits,
            error_messages={"required": _("请填写短信验证码，它在最新一条短信中")},
        )
        self.order_fields(self.field_order)

    def entry(self) -> Entry:
        values = self.cleaned_data
        return Entry(values["mobile"], values["code"], values["tail"])

    def add_wrong(self, parts: list[str]) -> None:
        """Mark what did not fit: mobile, code, tail."""
        sentences = {
            "mobile": _("手机号不是收到短信的号码，请填写收到短信的手机号"),
            "code": _("验证码不正确，请填写最新一条短信中的 %(digits)d 位数字")
            % {"digits": setting("sms.code_digits")},
            "tail": _("证件号码后 6 位不正确，请对照备案时填写的证件逐位核对"),
        }
        for part in parts:
            self.add_error(part, str(sentences[part]))
