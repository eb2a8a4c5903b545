"""订单内容: what an order says, for reading while nobody, or not the applicant, may change it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from orders.apply.content import Content
from orders.filings.erased import note_for_applicant
from orders.filings.state_display import display_of
from orders.queries import order_of
from orders.views.context import order_context


@access(Level.FILING)
@require_GET
def content(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The submission others decide on, or the draft of an order that ended without one."""
    order = order_of(request.account, pk)
    if order.is_editable:
        # There the same can be changed.
        return redirect("orders:check", order.pk)
    context = {
        **order_context(order),
        "display": display_of(order),
        "sections": Content(order).sections(),
        "erased_note": note_for_applicant(order),
    }
    return render(request, "orders/filings/content.html", context)
