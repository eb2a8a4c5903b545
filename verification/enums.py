"""Choices of the verification app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodePurpose(TextChoices):
    """What a portal code is good for: a code for one purpose opens nothing else."""

    REGISTER = "register", _("注册")
    SIGN_IN = "sign_in", _("登录")
    CONTACT = "contact", _("确认联系方式")
    RIGHTS = "rights", _("确认重要操作")
