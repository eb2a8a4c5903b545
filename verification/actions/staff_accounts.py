"""Accounts of the provider's people: made, changed and shut out at a terminal, each told in the
audit trail."""

import re
from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.enums import StaffRoleName
from beian.models import StaffRole, User
from verification.models import SecondFactor

# What the sign-in page leaves as it was typed.
_NAME = re.compile(r"[A-Za-z0-9._@\u4e00-\u9fff-]{1,60}")
# What settings.AUTH_PASSWORD_VALIDATORS find wrong.
_WEAK = {
    "password_too_short": "密码至少 {min_length} 个字符 / {min_length} characters or more",
    "password_too_common": "密码太常见，容易被猜中 / the password is too common",
}


class StaffAccountRefused(Exception):
    """Nothing was changed; the text says why, in both languages."""


@transaction.atomic
def create_account(
    actor: Actor, *, name: str, password: str, roles: Iterable[str], reason: str = ""
) -> User:
    wanted = _known_roles(roles)
    if not _NAME.fullmatch(name):
        raise StaffAccountRefused(
            "用户名只能有字母、数字和 . _ - @，最多 60 个字符 / a name has letters, digits and "
            ". _ - @ only, 60 at most"
        )
    _refuse_weak(password)
    try:
        with transaction.atomic():
            user = User.objects.create_staff(username=name, password=password, roles=wanted)
    except IntegrityError as error:
        raise StaffAccountRefused(
            f"已有账号 {name} / there is an account {name} already"
        ) from error
    _tell(actor, "create_staff", user, reason, ",".join(wanted))
    return user


@transaction.atomic
def change_roles(actor: Actor, *, name: str, roles: Iterable[str], reason: str = "") -> User:
    """These roles and no others; in force with the person's next click."""
    wanted = _known_roles(roles)
    user = _account(name)
    user.staff_roles.exclude(role__in=wanted).delete()
    held = set(user.staff_roles.values_list("role", flat=True))
    StaffRole.objects.bulk_create(
        StaffRole(user=user, role=role) for role in wanted if role not in held
    )
    _tell(actor, "change_staff_roles", user, reason, ",".join(wanted))
    return user


@transaction.atomic
def shut_out(actor: Actor, *, name: str, reason: str = "") -> int:
    """Nobody signs in with this account; returns how many sessions were ended."""
    user = _account(name)
    User.objects.filter(pk=user.pk).update(is_active=False)
    ended = _end_sessions(user)
    _tell(actor, "shut_out_staff", user, reason)
    return ended


@transaction.atomic
def let_in(actor: Actor, *, name: str, reason: str = "") -> User:
    """The same password and authenticator are valid again."""
    user = _account(name)
    User.objects.filter(pk=user.pk).update(is_active=True)
    _tell(actor, "let_in_staff", user, reason)
    return user


@transaction.atomic
def reset_password(actor: Actor, *, name: str, password: str, reason: str = "") -> int:
    """Replace the password; returns how many sessions were ended."""
    user = _account(name)
    _refuse_weak(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    ended = _end_sessions(user)
    _tell(actor, "reset_staff_password", user, reason)
    return ended


@transaction.atomic
def forget_authenticator(actor: Actor, *, name: str, reason: str = "") -> int:
    """The person binds a new one at the next sign-in; returns how many sessions were ended."""
    user = _account(name)
    SecondFactor.objects.filter(user=user).delete()
    ended = _end_sessions(user)
    _tell(actor, "forget_authenticator", user, reason)
    return ended


def _account(name: str) -> User:
    user = User.objects.filter(login=f"staff:{name}", is_staff=True).first()
    if user is None:
        raise StaffAccountRefused(f"没有账号 {name} / there is no account {name}")
    return user


def _known_roles(roles: Iterable[str]) -> list[str]:
    wanted = sorted(set(roles))
    unknown = [role for role in wanted if role not in StaffRoleName.values]
    if unknown or not wanted:
        raise StaffAccountRefused(
            f"角色只能是以下各项，至少一项 / at least one role, out of these: "
            f"{', '.join(StaffRoleName.values)}"
        )
    return wanted


def _refuse_weak(password: str, user: User | None = None) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        why = [_WEAK[one.code or ""].format(**(one.params or {})) for one in error.error_list]
        raise StaffAccountRefused("; ".join(why)) from error


def _end_sessions(user: User) -> int:
    """Sessions are not filed by person: each that still lives is looked into."""
    rows = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    living = rows.filter(expire_date__gt=clock.now()).iterator(chunk_size=500)
    mine = [row.pk for row in living if row.get_decoded().get(SESSION_KEY) == str(user.pk)]
    return rows.filter(pk__in=mine).delete()[0]


def _tell(actor: Actor, action: str, user: User, reason: str, field: str = "") -> None:
    record_audit(actor, action, obj=user, field=field, purpose=reason)
