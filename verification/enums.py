"""Choices of the verification app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodePurpose(TextChoices):
    """What a portal code is good for: a code for one purpose opens nothing else."""

    REGISTER = "register", _("注册")
    SIGN_IN = "sign_in", _("登录")
    CONTACT = "contact", _("确认联系方式")
    RIGHTS = "rights", _("确认重要操作")
    STAFF = "staff", _("员工登录")


class RecipientRole(TextChoices):
    """Why the ministry texts somebody."""

    SUBJECT_PRINCIPAL = "subject_principal", _("主体负责人")
    SERVICE_PRINCIPAL = "service_principal", _("网站负责人")


class AttemptResult(TextChoices):
    """What one entry at the ministry came to."""

    VERIFIED = "verified", _("已完成核验")
    ALL_VERIFIED = "all_verified", _("全部完成核验")
    WRONG = "wrong", _("填写有误")
    RETURNS_ORDER = "returns_order", _("输错次数过多，订单退回")
    REFUSED = "refused", _("不能核验")
