"""The applicant's page for the public-security filing number of one service."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.dates import dated_text
from beian.models import InternetService, PublicSecurityFiling
from beian.site_settings import setting
from orders.actions.public_security import record_public_security_number
from orders.forms.public_security import PublicSecurityForm
from orders.models import FilingOrder
from orders.public_security import number_of, security_due
from orders.queries import order_of
from orders.views.context import order_context
from orders.views.version import posted_version
from orders.workflow import Refused, Stale


def _service_of(order: FilingOrder, service_id: UUID) -> InternetService:
    rows = InternetService.objects.filter(order_id=order.pk).select_related("public_security")
    return get_object_or_404(rows, pk=service_id)


def _as_shown(known: PublicSecurityFiling | None) -> str:
    """What the page was made from; the version counts for all services of the order."""
    return f"{known.filed_on} {known.number}" if known else ""


def _recorded_meanwhile(request: HttpRequest, known: PublicSecurityFiling | None) -> str:
    """What a colleague recorded; whoever saves again knows what that replaces."""
    if known is None or request.POST.get("known", "") == _as_shown(known):
        return ""
    sentence = _("刚刚有人登记了 %(number)s（%(day)s），与您填写的不同。再次保存将用您填写的代替。")
    return sentence % {"number": known.number, "day": dated_text(known.filed_on)}


@access(Level.FILING)
@require_http_methods(["GET", "POST"])
def record_number(request: HttpRequest, pk: UUID, service_id: UUID) -> HttpResponse:
    """Record the number, or correct it; the reminders end with it."""
    order = order_of(request.account, pk)
    service = _service_of(order, service_id)
    known = number_of(service)
    initial = {"number": known.number, "filed_on": known.filed_on} if known else {}
    form = PublicSecurityForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            record_public_security_number(
                request.actor,
                order_id=order.pk,
                service_id=service.pk,
                version=posted_version(request),
                **form.cleaned_data,
            )
        except Stale as refusal:
            form.add_error(None, _recorded_meanwhile(request, known) or refusal.reason)
        except Refused as refusal:
            form.add_error("number", refusal.reason)
        else:
            messages.success(request, _("公安备案号已登记，这个服务不再提醒。"))
            return redirect("orders:order", order.pk)
    context = {
        **order_context(order),
        "service": service,
        "known": known,
        "known_as_shown": _as_shown(known),
        "form": form,
        "security_days": setting("after.public_security_days"),
        "security_due": security_due(order),
    }
    return render(request, "orders/filings/public_security.html", context)
