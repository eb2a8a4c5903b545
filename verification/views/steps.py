"""What the pages before sign-in have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from beian import clock
from beian.audit import client_address
from beian.enums import Channel
from beian.limits import LimitReached, hit
from beian.site_settings import setting
from verification.actions.codes import HOUR, CodeRefused, last_sent_at
from verification.entering import ATTEMPTS, FROM_ADDRESS
from verification.pending import Pending, recall, remember
from verification.sign_in_trail import SIGN_IN, tell_limit, tell_refusal

RESEND = "resend"


@contextmanager
def refusals_beside(form: Form, field: str) -> Iterator[None]:
    """Turn a refused code or a reached limit into an error of `field`."""
    try:
        yield
    except LimitReached as limit:
        form.add_error(field, limit.message)
    except CodeRefused as refusal:
        form.add_error(field, refusal.reason)


@contextmanager
def attempt_beside(
    form: Form,
    field: str,
    *,
    request: HttpRequest,
    login: str,
    step: str = "",
    action: str = SIGN_IN,
) -> Iterator[None]:
    """`refusals_beside` for an attempt to get in as `login`, of which the audit trail is told."""
    with refusals_beside(form, field):
        try:
            yield
        except LimitReached as limit:
            tell_limit(request, login, limit, step=step or field, action=action)
            raise
        except CodeRefused:
            tell_refusal(request, login, step=step or field, action=action)
            raise


def count_attempt(request: HttpRequest, name: str) -> None:
    """Count one attempt to sign in as `name`; raises LimitReached."""
    by_address = setting("sign_in.attempts_per_address_hour")
    hit(FROM_ADDRESS, client_address(request) or "-", limit=by_address, window=HOUR)
    hit(ATTEMPTS, name, limit=setting("sign_in.attempts_per_hour"), window=HOUR)


def ask_once(request: HttpRequest, begun: Pending, ask: Callable[..., None]) -> None:
    """Send a code unless this browser had one sent to the same phone a moment ago.

    Who goes back and types the number again finds the code page, not a refusal.
    Raises LimitReached.
    """
    if _is_on_its_way(request, begun):
        messages.info(request, _("验证码刚刚已发送，请填写最新一条短信中的验证码。"))
    else:
        ask(phone=begun.phone, source_address=client_address(request))
    remember(request, begun)


def _is_on_its_way(request: HttpRequest, begun: Pending) -> bool:
    before = recall(request, begun.purpose)
    if before is None or before.phone != begun.phone:
        return False
    sent_at = last_sent_at(purpose=begun.purpose, channel=Channel.SMS, address=begun.phone)
    wait = timedelta(seconds=setting("code.resend_seconds"))
    return sent_at is not None and clock.now() < sent_at + wait


def wants_new_code(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("action") == RESEND


def send_again(request: HttpRequest, begun: Pending, ask: Callable[..., None]) -> None:
    """Ask for another code and say on the next page what came of it."""
    try:
        ask(phone=begun.phone, source_address=client_address(request))
    except LimitReached as limit:
        messages.warning(request, limit.message)
    else:
        messages.success(request, _("已重新发送短信，请以最新一条为准，之前的验证码已失效。"))


def code_context(form: Form, begun: Pending) -> dict[str, object]:
    """What the page that asks for a code shows."""
    return {
        "form": form,
        "begun": begun,
        "minutes": setting("code.minutes"),
        "wait_seconds": setting("code.resend_seconds"),
    }
