"""After submitting: the number, who acts by when, which phones will ring."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beian.access import Level, access
from beian.site_settings import setting
from orders.apply.order_facts import mobiles_of
from orders.enums import REVIEW_STATES
from orders.filings.progress import upcoming_of
from orders.queries import order_of
from orders.views.context import order_context


@access(Level.FILING)
@require_safe
def submitted(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Only while the provider reviews; later the order page tells more."""
    order = order_of(request.account, pk)
    if order.state not in REVIEW_STATES:
        return redirect("orders:order", order.pk)
    context = {
        **order_context(order),
        "mobiles": mobiles_of(order),
        "provider_phone": setting("site.phone"),
        "sms_sender": setting("sms.sender"),
        "sms_hours": setting("sms.code_hours", order.province),
        "upcoming": upcoming_of(order),
    }
    return render(request, "orders/apply/submitted.html", context)
