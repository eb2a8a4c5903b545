"""The log of phone calls of a case."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.calls import note_call
from orders.actions.checklist import refusal_to_answer
from orders.calls import callees_of
from orders.desk.call_lines import call_lines
from orders.dossier import Dossier
from orders.field_labels import label_of
from orders.forms.calls import CallForm
from orders.models import FilingOrder
from orders.views.desk import REVIEWERS, case_of
from orders.views.version import posted_version
from orders.workflow import Refused


@access(Level.STAFF, *REVIEWERS)
@require_http_methods(["GET", "POST"])
def calls(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who was called and how it ended; whoever holds the case notes another call."""
    order = case_of(pk, request.actor)
    dossier = order.submissions.get(round=order.round).dossier
    form = CallForm(request.POST or None, numbers=_numbers(order, dossier))
    if request.method == "POST" and form.is_valid():
        try:
            note_call(request.actor, order_id=pk, call=form.call(), version=posted_version(request))
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("通话已记录。"))
            return redirect(f"{reverse('orders:case', args=[pk])}#item-calls")
    context = {
        "order": order,
        "form": form,
        "callees": callees_of(order, dossier),
        "calls": call_lines(order, dossier.subject.nature),
        # What was typed comes back with the refusal.
        "refusal": "" if form.is_bound else refusal_to_answer(order, request.actor),
    }
    return render(request, "orders/desk/calls.html", context)


def _numbers(order: FilingOrder, dossier: Dossier) -> list[tuple[str, str]]:
    nature = dossier.subject.nature
    return [
        (f"{each.path}/{name}", f"{each.title} {label_of(f'{each.path}.{name}', nature)} {masked}")
        for each in callees_of(order, dossier)
        for name, masked in each.numbers.items()
    ]
