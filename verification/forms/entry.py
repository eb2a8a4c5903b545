"""Signing in and registering."""

from django.utils.translation import gettext_lazy as _

from beian.forms import AgreeField, CleanCharField, CodeField, PageForm, PhoneField
from beian.site_settings import setting


class PhoneForm(PageForm):
    phone = PhoneField(label=_("手机号"))


class CodeForm(PageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField(label=_("短信验证码"), digits=setting("code.digits"))


class NewAccountForm(PageForm):
    account_name = CleanCharField(
        label=_("账号名称"),
        min_length=2,
        max_length=60,
        width="mail",
        help_text=_("用于在平台内区分账号，例如公司简称。可以与备案主体名称不同。"),
    )
    terms = AgreeField(label=_("我已阅读并同意备案平台账号服务条款"), text="account_terms")
    privacy = AgreeField(label=_("我已阅读并同意个人信息处理告知书"), text="privacy_notice")
