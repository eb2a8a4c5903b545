"""What the pages before sign-in have in common."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from beian.audit import client_address
from beian.limits import LimitReached, hit
from beian.site_settings import setting
from verification.actions.codes import HOUR, CodeRefused
from verification.entering import ATTEMPTS
from verification.pending import Pending

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


def count_attempt(request: HttpRequest, name: str) -> None:
    """Count one attempt to sign in as `name`; raises LimitReached."""
    by_address = setting("sign_in.attempts_per_address_hour")
    hit("sign_in.source", client_address(request) or "-", limit=by_address, window=HOUR)
    hit(ATTEMPTS, name, limit=setting("sign_in.attempts_per_hour"), window=HOUR)


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
