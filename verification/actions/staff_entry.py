"""The provider's people sign in: name and password, then a one-time password."""

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from beian import clock
from beian.models import User
from verification.actions.codes import CodeRefused
from verification.models import SecondFactor
from verification.one_time_password import accepted_step, new_secret


def staff_with_password(request: HttpRequest, *, username: str, password: str) -> User:
    """The person whose password this is; raises CodeRefused with one sentence for all mistakes.

    Django hashes the password for unknown names too, so timing tells nothing.
    """
    user = authenticate(request, username=f"staff:{username}", password=password)
    if not isinstance(user, User) or not user.is_staff:
        reason = _("用户名或密码不正确，请核对后重新输入；忘记密码请联系管理员重置")
        raise CodeRefused("password", reason)
    return user


@transaction.atomic
def factor_of(user: User) -> SecondFactor:
    """The person's generator; a new one on first sign-in."""
    factor, _created = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": new_secret(), "created_at": clock.now()}
    )
    return factor


def use_one_time_password(user: User, code: str) -> None:
    """Accept a right code once; raises CodeRefused."""
    factor = factor_of(user)
    step = accepted_step(factor.secret, code, factor.last_step)
    if step is None or not _use(factor, step):
        raise CodeRefused("wrong", _("动态口令不正确或已使用，请输入验证器当前显示的口令"))


def _use(factor: SecondFactor, step: int) -> bool:
    rows = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    if factor.confirmed_at is None:
        return bool(rows.update(last_step=step, confirmed_at=clock.now()))
    return bool(rows.update(last_step=step))
