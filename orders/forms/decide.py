"""Forms of decisions and reveals on the review desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from beian.forms import CleanCharField, LongTextField, OptionField, PageForm
from beian.site_settings import setting
from orders.desk.reveal import PURPOSES


class OpinionForm(PageForm):
    opinion = LongTextField(
        label=_("给申请人的说明"),
        label_for_errors=_("给申请人的说明，写明退回的理由和处理办法"),
        help_text=_("申请人会在订单页、站内消息和邮件中看到这段话"),
        rows=3,
        max_length=300,
    )

    def __init__(self, *args, is_required: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opinion"].required = is_required


class RevealForm(PageForm):
    purpose = OptionField(label=_("查看原因"), choices=list(PURPOSES.items()))
    password = CleanCharField(
        label=_("登录密码"),
        width="phone",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args, asks_password: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not asks_password:
            del self.fields["password"]
            return
        minutes = setting("reveal.password_minutes")
        self.fields["password"].help_text = ngettext(
            "距上次输入密码已超过 %(minutes)d 分钟，请再次输入",
            "距上次输入密码已超过 %(minutes)d 分钟，请再次输入",
            minutes,
        ) % {"minutes": minutes}
