"""A bureau result that was not applied: look at it, apply it to an order, or dismiss it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.settling import (
    apply_by_hand,
    dismiss_result,
    refusal_to_apply,
    refusal_to_settle,
)
from orders.attention.result_page import (
    initial_of,
    number_rows,
    outcome_of,
    services_of,
)
from orders.desk.queue_lines import lines_of
from orders.forms.settling import OUTCOMES, DecisionForm, OrderNumberForm, ReasonForm
from orders.models import BureauResult, FilingOrder
from orders.views.desk import SUBMITTERS, case_of
from orders.views.version import posted_version
from orders.workflow import Refused


def _result_of(key: UUID) -> BureauResult:
    rows = BureauResult.objects.select_related("record__order", "settled_by")
    try:
        return rows.get(key=key)
    except BureauResult.DoesNotExist:
        raise Http404 from None


def _context(request: HttpRequest, result: BureauResult) -> dict[str, object]:
    """What both pages show of the result."""
    order = result.record.order if result.record else None
    return {
        "result": result,
        "matched": order,
        "outcome": dict(OUTCOMES).get(outcome_of(result), ""),
        "numbers": number_rows(result, order),
        "refusal": refusal_to_settle(result, request.actor),
    }


def _chosen(form: OrderNumberForm) -> FilingOrder | None:
    """The submitted order of that number; an error beside the field if there is none."""
    if not form.is_valid():
        return None
    number = form.cleaned_data["number"].upper()
    found = FilingOrder.objects.filter(number=number, round__gt=0).first()
    if found is None:
        form.add_error("number", _("没有这个订单号的已提交订单，请核对后重新填写"))
    return found


@access(Level.STAFF, *SUBMITTERS)
@require_http_methods(["GET", "POST"])
def bureau_result(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET with ?number= leads on to the check page; POST dismisses."""
    result = _result_of(key)
    matched = result.record.order.number if result.record else ""
    order_form = OrderNumberForm(initial={"number": matched})
    if "number" in request.GET:
        order_form = OrderNumberForm(request.GET)
        order = _chosen(order_form)
        if order is not None:
            return redirect("orders:bureau-result-apply", result.key, order.pk)
    reason_form = ReasonForm(request.POST or None, prefix="dismiss")
    if reason_form.is_valid():
        return _dismiss(request, result, reason_form.cleaned_data["reason"])
    context = {"order_form": order_form, "reason_form": reason_form}
    return render(
        request, "orders/desk/bureau_result.html", {**_context(request, result), **context}
    )


def _dismiss(request: HttpRequest, result: BureauResult, reason: str) -> HttpResponse:
    try:
        dismiss_result(request.actor, key=result.key, reason=reason)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:bureau-result", result.key)
    messages.success(request, _("这条结果不予登记，理由已记录。"))
    return redirect("orders:attention")


@access(Level.STAFF, *SUBMITTERS)
@require_http_methods(["GET", "POST"])
def bureau_result_apply(request: HttpRequest, key: UUID, pk: UUID) -> HttpResponse:
    """The check page: the result beside the order, and what will be applied."""
    result, order = _result_of(key), case_of(pk, request.actor)
    services = services_of(order)
    form = DecisionForm(
        request.POST or None, initial=initial_of(result, services), services=services
    )
    outcome = str(form["outcome"].value() or "")
    reason = refusal_to_apply(order, request.actor, outcome) if outcome in dict(OUTCOMES) else ""
    if form.is_valid() and not reason:
        return _apply(request, result, order, form)
    context = {
        "order": order,
        "line": lines_of([order], request.actor.user_id, frozenset())[0],
        "form": form,
        "reason": reason,
        "back": reverse("orders:bureau-result", args=[result.key]),
    }
    return render(
        request, "orders/desk/bureau_result_apply.html", {**_context(request, result), **context}
    )


def _apply(
    request: HttpRequest, result: BureauResult, order: FilingOrder, form: DecisionForm
) -> HttpResponse:
    try:
        apply_by_hand(
            request.actor,
            key=result.key,
            order_id=order.pk,
            decision=form.decision(),
            reason=form.cleaned_data["reason"],
            version=posted_version(request),
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:bureau-result-apply", result.key, order.pk)
    text = _("结果已登记到订单 %(number)s。") % {"number": order.number}
    messages.success(request, text)
    return redirect("orders:attention")
