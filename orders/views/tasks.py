"""The task list of an order that is being filled in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beian.access import Level, access
from orders.apply.task_list import task_page
from orders.filings.erased import note_for_applicant
from orders.filings.state_display import display_of
from orders.models import FilingOrder
from orders.views.context import order_context
from orders.views.editable import editable_order


@access(Level.FILING)
@require_safe
@editable_order
def tasks(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    context = {
        **order_context(order),
        "display": display_of(order),
        "page": task_page(order),
        "erased_note": note_for_applicant(order),
        "saved_at": order.revisions.values_list("created_at", flat=True).first(),
    }
    return render(request, "orders/apply/tasks.html", context)
