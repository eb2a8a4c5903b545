"""Asking for one masked value in full: why, and after some minutes the password again."""

from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from beian import clock
from beian.access import Level, access
from beian.limits import LimitReached, forget, hit
from beian.middleware.session_life import STARTED
from beian.site_settings import setting
from orders.desk.case_rows import anchor_of
from orders.desk.reveal import grant_reveal, may_be_revealed
from orders.field_labels import label_of, page_of
from orders.forms.decide import RevealForm
from orders.models import FilingOrder
from orders.views.desk import DESK, case_of
from verification.sign_in_trail import tell_limit, tell_refusal

_PASSWORD_AT = "password_at"  # noqa: S105  # the name of a session entry, not a password
_SCOPE = "reveal_password"


@access(Level.STAFF, *DESK)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    order = case_of(pk, request.actor)
    path = request.GET.get("path", "")
    if not may_be_revealed(order.submission, path):
        raise Http404
    asks_password = _asks_password(request)
    form = RevealForm(request.POST or None, asks_password=asks_password)
    if request.method == "POST" and form.is_valid():
        response = _grant(request, order, path, form)
        if response is not None:
            return response
    context = {
        "order": order,
        "form": form,
        "path": path,
        "label": label_of(path, order.nature),
        "place": page_of(path, order.nature).title,
        "seconds": setting("reveal.shown_seconds"),
        "limit": setting("reveal.per_hour"),
        "anchor": anchor_of(path),
    }
    return render(request, "orders/desk/reveal.html", context)


def _asks_password(request: HttpRequest) -> bool:
    last = max(request.session.get(STARTED, 0), request.session.get(_PASSWORD_AT, 0))
    recent = timedelta(minutes=setting("reveal.password_minutes"))
    return clock.now().timestamp() - last > recent.total_seconds()


def _is_password_right(request: HttpRequest, form: RevealForm) -> bool:
    if "password" not in form.fields:
        return True
    login = request.user.login
    attempts = setting("sign_in.attempts_per_hour")
    try:
        hit(_SCOPE, str(request.user.pk), limit=attempts, window=timedelta(hours=1))
    except LimitReached as limit:
        tell_limit(request, login, limit, step="password", action=_SCOPE)
        raise
    if not request.user.check_password(form.cleaned_data["password"]):
        tell_refusal(request, login, step="password", action=_SCOPE)
        form.add_error("password", _("登录密码不正确，请重新输入。"))
        return False
    forget(_SCOPE, str(request.user.pk))
    request.session[_PASSWORD_AT] = clock.now().timestamp()
    return True


def _grant(
    request: HttpRequest, order: FilingOrder, path: str, form: RevealForm
) -> HttpResponse | None:
    """The way back to the field, or None with an error on the form."""
    try:
        if not _is_password_right(request, form):
            return None
        token = grant_reveal(
            request.actor,
            order=order,
            path=path,
            purpose=form.cleaned_data["purpose"],
            session=request.session,
            request=request,
        )
    except LimitReached as refusal:
        form.add_error(None, refusal.message)
        return None
    url = reverse("orders:case", args=[order.pk])
    return redirect(f"{url}?{urlencode({'shown': token})}#{anchor_of(path)}")
