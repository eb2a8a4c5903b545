"""Objecting to a rule that stops the order: the rule, its source, and a box for the reason."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.objections import object_to_rule, take_objection_back
from orders.apply.task_list import step_url
from orders.assessment import assess
from orders.finding_display import item_of
from orders.forms.objection import ReasonForm
from orders.models import FilingOrder
from orders.objections import last_reason
from orders.steps import step_of_key
from orders.views.context import order_context
from orders.views.editable import editable_order
from orders.workflow import Refused


@access(Level.FILING)
@require_http_methods(["GET", "POST"])
@editable_order
def objection(request: HttpRequest, order: FilingOrder, mark: str) -> HttpResponse:
    """What is no longer found, or found of something else, leads to what is found now."""
    entry = next((each for each in assess(order).objectionables if each.mark == mark), None)
    if entry is None:
        messages.info(request, _("这条要求已经变化或不再存在，请查看最新的检查结果。"))
        return redirect("orders:check", order.pk)
    back = _way_back(order, request.GET.get("step", ""))
    if request.POST.get("action") == "take_back":
        return _take_back(request, order, mark, back.url)
    earlier = "" if entry.objection else last_reason(order, entry)
    form = _form(request, entry.objection.reason if entry.objection else earlier)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            object_to_rule(request.actor, order_id=order.pk, mark=mark, reason=reason)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("异议已保存。提交后由审核员决定。"))
            return redirect(back.url)
    context = {
        **order_context(order),
        "form": form,
        "finding": item_of(entry.finding, order),
        "is_objected": entry.objection is not None,
        "back": back,
        "is_carried": bool(earlier) and not form.is_bound,
    }
    return render(request, "orders/apply/objection.html", context)


@dataclass(frozen=True)
class WayBack:
    """Where the page was opened from: a step, else the check of the whole order."""

    url: str
    title: str


def _way_back(order: FilingOrder, key: str) -> WayBack:
    step = step_of_key(key, order.nature)
    if step is None:
        return WayBack(reverse("orders:check", args=[order.pk]), _("检查并提交"))
    return WayBack(step_url(step, order), str(step.title))


def _form(request: HttpRequest, written: str) -> ReasonForm:
    words = _(
        "写明这条要求为什么不适用，例如管局的答复。审核员会看到这段话，并随提交内容一起封存。"
    )
    data = request.POST if request.method == "POST" else None
    return ReasonForm(data, initial={"reason": written}, help_text=words)


def _take_back(request: HttpRequest, order: FilingOrder, mark: str, back: str) -> HttpResponse:
    try:
        take_objection_back(request.actor, order_id=order.pk, mark=mark)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("异议已收回。"))
    return redirect(back)
