"""Beginning a filing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.start import start_first_filing
from orders.forms.start import StartForm, marked_before
from orders.queries import running_order, start_offer
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask what is filed, by whom, and where; or say why nothing can be started now."""
    running = running_order(request.account)
    offer = start_offer(request.account, request.actor, running)
    if not offer.is_open:
        return render(request, "orders/apply/cannot_start.html", {"offer": offer})
    form = StartForm(request.POST or None, initial=marked_before(request.GET))
    if form.is_valid():
        try:
            order = start_first_filing(
                request.actor,
                province=form.cleaned_data["province"],
                nature=form.chosen_nature,
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            return redirect("orders:tasks", order.pk)
    return render(request, "orders/apply/start.html", {"form": form})
