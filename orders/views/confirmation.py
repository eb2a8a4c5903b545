"""The confirmation of a filing: the ministry issues no certificate to download, so we print one."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beian import clock
from beian.access import Level, access
from beian.data_language import data_language
from orders.enums import OrderState
from orders.field_values import value_text
from orders.filings.filed import filed_services
from orders.queries import order_of
from orders.views.context import order_context
from rules.regions import province


@access(Level.FILING)
@require_GET
def certificate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Http404 until the bureau has granted the filing."""
    order = order_of(request.account, pk)
    services = filed_services(order)
    if order.state != OrderState.FILED or not services:
        raise Http404
    subject = services[0].service.subject
    area = province(subject.province)
    context = {
        **order_context(order),
        "subject": subject,
        "nature": value_text("subject.nature", subject.nature, subject.nature),
        "bureau": area.bureau_en if data_language() == "en" else area.bureau,
        "services": services,
        "printed_at": clock.now(),
    }
    return render(request, "orders/filings/confirmation.html", context)
