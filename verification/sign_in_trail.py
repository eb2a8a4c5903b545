"""What the audit trail is told of attempts to sign in: who was meant, never what was typed.

Both answers cost the same look-up and the same row, so timing does not tell whether a name exists.
"""

from django.http import HttpRequest

from beian.actors import ANONYMOUS
from beian.audit import client_address, record_audit
from beian.crypto.digests import digest
from beian.limits import LimitReached, hit
from beian.models import User
from verification.actions.codes import HOUR
from verification.entering import FROM_ADDRESS

SIGN_IN = "sign_in"


def login_of_phone(phone: str) -> str:
    return f"phone:{digest('phone', phone)}"


def tell_refusal(request: HttpRequest, login: str, *, step: str, action: str = SIGN_IN) -> None:
    _record(request, login, action, step, "refused")


def tell_limit(
    request: HttpRequest, login: str, limit: LimitReached, *, step: str, action: str = SIGN_IN
) -> None:
    """Once an hour for what was limited: who keeps trying must not fill the trail."""
    limited = (client_address(request) or "-") if limit.scope == FROM_ADDRESS else login
    try:
        hit(f"told.{limit.scope}", limited, limit=1, window=HOUR)
    except LimitReached:
        return
    _record(request, login, action, step, "limit")


def _record(request: HttpRequest, login: str, action: str, step: str, result: str) -> None:
    known = User.objects.filter(login=login).first()
    # A name that nobody has may be a password in the wrong box.
    meant = known or User(pk=_pseudonym(login))
    record_audit(ANONYMOUS, action, obj=meant, field=step, result=result, request=request)


def _pseudonym(login: str) -> str:
    kind, _colon, name = login.partition(":")
    return name if kind == "phone" else digest("staff-name", name)
