"""The provider's people sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from beian.forms import CleanCharField, CodeField, PageForm
from beian.forms.labelled import LabelledField
from verification.one_time_password import DIGITS


class PasswordField(LabelledField, forms.CharField):
    """A password as typed: nothing is trimmed, nothing shown again."""

    width = "mail"
    messages = {"required": _("请填写{label}")}

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("strip", False)
        kwargs.setdefault("widget", forms.PasswordInput(attrs={"autocomplete": "current-password"}))
        super().__init__(*args, **kwargs)


class StaffSignInForm(PageForm):
    username = CleanCharField(label=_("用户名"), max_length=60, width="mail")
    password = PasswordField(label=_("密码"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class OneTimePasswordForm(PageForm):
    code = CodeField(
        label=_("动态口令"),
        digits=DIGITS,
        error_messages={
            "required": _("请填写动态口令，它显示在您的验证器中"),
            "shape": _("动态口令为 6 位数字，请输入验证器当前显示的口令"),
        },
    )
