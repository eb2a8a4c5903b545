"""Checking the answers, agreeing, submitting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beian import clock
from beian.access import Level, access
from beian.audit import client_address
from orders.actions.submit import submit_order
from orders.agreements import missing_agreements
from orders.apply.objection_notes import listed
from orders.apply.submission_reasons import counts, reasons_against
from orders.apply.summary import Summary
from orders.assessment import assess
from orders.findings import shown_findings
from orders.forms.agreements import AgreementsForm
from orders.models import FilingOrder
from orders.page_times import time_text
from orders.queries import order_of
from orders.views.context import order_context
from orders.views.version import posted_version
from orders.wizard import steps_of
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Findings first, then every answer, then the declarations and the button."""
    order = order_of(request.account, pk)
    if not order.is_editable:
        # The second of two posts finds the order submitted already.
        return redirect("orders:submitted", order.pk)
    form = AgreementsForm(request.POST or None, texts=missing_agreements(order, request.actor))
    if request.method == "POST":
        return _submit(request, order, form)
    return _render(request, order, form)


def _submit(request: HttpRequest, order: FilingOrder, form: AgreementsForm) -> HttpResponse:
    if not form.is_valid():
        return _render(request, order, form)
    try:
        submit_order(
            request.actor,
            order.pk,
            version=posted_version(request),
            agreed=form.agreed(),
            source_address=client_address(request),
        )
    except Refused as refusal:
        order = order_of(request.account, order.pk)
        if not order.is_editable:
            return redirect("orders:submitted", order.pk)
        form.add_error(None, refusal.reason)
        return _render(request, order, form)
    return redirect("orders:submitted", order.pk)


def _render(request: HttpRequest, order: FilingOrder, form: AgreementsForm) -> HttpResponse:
    context = {
        **order_context(order),
        "form": form,
        "number": len(steps_of(order)),
        "total": len(steps_of(order)),
        "findings": [listed(finding, order) for finding in shown_findings(order)],
        "counts": counts(order),
        "checked_at": time_text(clock.now()),
        "sections": Summary(order).sections(),
        "reason": reasons_against(order),
        "has_comments": bool(assess(order).open_comments),
    }
    return render(request, "orders/apply/check.html", context)
