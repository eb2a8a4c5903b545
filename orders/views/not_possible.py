"""A filing that is not possible here: why, and what can be done instead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from orders.apply.objection_notes import listed
from orders.apply.stops import stops_of
from orders.apply.task_list import step_url
from orders.models import FilingOrder
from orders.steps import step_of_path
from orders.views.context import order_context
from orders.views.editable import editable_order


@access(Level.FILING)
@require_GET
@editable_order
def not_possible(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    """Shown instead of the next page; where nothing stands in the way, the task list is."""
    stops = stops_of(order)
    if not stops:
        return redirect("orders:tasks", order.pk)
    step = step_of_path(stops[0].paths[0], order.nature)
    context = {
        **order_context(order),
        "findings": [listed(finding, order, is_linked=False) for finding in stops],
        "fix_url": step_url(step, order),
        "fix_title": step.title,
        "has_pictures": any(order.dossier.materials.values()),
    }
    return render(request, "orders/apply/not_possible.html", context)
