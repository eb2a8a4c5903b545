"""Asking for a code to sign in or register, and using it.

Whether a phone number has an account is told to its holder only, by text message: pages, limits and
timing are the same either way.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from beian.actions.consents import person_digest_of_phone, record_consent
from beian.crypto.digests import digest
from beian.enums import Channel, MembershipRole
from beian.models import Account, Membership, User
from verification.actions.codes import CodeRefused, check_code, send_code, send_text_instead
from verification.enums import CodePurpose


class RegistrationRefused(Exception):
    """The account was not made; `field` is the form's field and `reason` the sentence for it."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field)
        self.field = field
        self.reason = reason


def applicant_with(phone: str) -> User | None:
    """The applicant who signs in with `phone`."""
    return User.objects.filter(login=f"phone:{digest('phone', phone)}", is_active=True).first()


def _is_known(phone: str) -> bool:
    # A closed account keeps its number.
    return User.objects.filter(login=f"phone:{digest('phone', phone)}").exists()


def ask_to_sign_in(*, phone: str, source_address: str | None) -> None:
    """Send a sign-in code, or the way to register; raises LimitReached."""
    to: dict[str, Any] = {
        "channel": Channel.SMS,
        "address": phone,
        "source_address": source_address,
    }
    if applicant_with(phone) is not None:
        send_code(purpose=CodePurpose.SIGN_IN, **to)
    else:
        send_text_instead(text="not_registered", purpose=CodePurpose.SIGN_IN, **to)


def ask_to_register(*, phone: str, source_address: str | None) -> None:
    """Send a registration code, or the way to sign in; raises LimitReached."""
    to: dict[str, Any] = {
        "channel": Channel.SMS,
        "address": phone,
        "source_address": source_address,
    }
    if _is_known(phone):
        send_text_instead(text="registered_already", purpose=CodePurpose.REGISTER, **to)
    else:
        send_code(purpose=CodePurpose.REGISTER, **to)


def sign_in_with_code(*, phone: str, code: str) -> User:
    """The user whose phone received `code`; raises CodeRefused."""
    check_code(purpose=CodePurpose.SIGN_IN, channel=Channel.SMS, address=phone, code=code)
    user = applicant_with(phone)
    if user is None:
        # Closed since the code was sent, or a lucky guess at the code of an unknown number.
        raise CodeRefused("none", _("该验证码已使用或已失效，请重新获取验证码"))
    return user


def prove_new_phone(*, phone: str, code: str) -> None:
    """Use the registration code of `phone`; raises CodeRefused."""
    check_code(purpose=CodePurpose.REGISTER, channel=Channel.SMS, address=phone, code=code)


def register_applicant(
    *, phone: str, account_name: str, language: str, source_address: str | None
) -> User:
    """Make user, account and consent records in one go; raises RegistrationRefused.

    `phone` must have been proved. The person agreed to the texts in force now.
    """
    if Account.objects.filter(name=account_name).exists():
        reason = _("账号名称“%(name)s”已被使用，请换一个名称")
        raise RegistrationRefused("account_name", reason % {"name": account_name})
    try:
        return _register(phone, account_name, language, source_address)
    except IntegrityError as error:
        reason = _("注册没有完成：手机号或账号名称刚刚被注册，请直接登录或换一个账号名称")
        raise RegistrationRefused("account_name", reason) from error


@transaction.atomic
def _register(phone: str, account_name: str, language: str, source_address: str | None) -> User:
    user = User.objects.create_applicant(phone=phone, language=language)
    account = Account.objects.create(name=account_name)
    Membership.objects.create(account=account, user=user, role=MembershipRole.OWNER)
    for purpose, text_key in (
        ("account_terms", "account_terms"),
        ("account_privacy", "privacy_notice"),
    ):
        record_consent(
            person_digest=person_digest_of_phone(phone),
            purpose=purpose,
            text_key=text_key,
            user=user,
            account=account,
            source_address=source_address,
        )
    return user
