"""Confirm pages of what an applicant does with an order as a whole."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.filings.act_buttons import acts_of
from orders.filings.acts import ACTS
from orders.queries import order_of
from orders.views.context import order_context
from orders.views.version import posted_version
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """State the effect, then do it. A refusal is a message on the order page."""
    if name not in ACTS:
        raise Http404
    order = order_of(request.account, pk, erased_too=True)
    if request.method == "POST":
        return _do(request, order.pk, name)
    button = acts_of(order, request.actor).get(name)
    if button is None:
        return redirect("orders:order", order.pk)
    context = {**order_context(order), "act": button.act, "reason": button.reason}
    return render(request, "orders/filings/act.html", context)


def _do(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    chosen = ACTS[name]
    try:
        order = chosen.run(request.actor, order_id=pk, version=posted_version(request))
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:order", pk)
    messages.success(request, chosen.done)
    return redirect("orders:my-filings") if order.is_hidden else redirect("orders:order", pk)
