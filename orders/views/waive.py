"""Waiving a rule for what the applicant objected, and revoking that."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.objections import refusal_to_waive, revoke_waiver, waive_rule
from orders.checklist.objected import first_item
from orders.desk.objection_lines import ObjectionLine, objection_lines
from orders.forms.objection import ReasonForm
from orders.models import Waiver
from orders.views.desk import REVIEWERS, case_of
from orders.views.version import posted_version
from orders.workflow import Refused


@access(Level.STAFF, *REVIEWERS)
@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, pk: UUID, objection_id: int) -> HttpResponse:
    """The rule, the applicant's reason and a box for the reviewer's."""
    order = case_of(pk, request.actor)
    line = next((each for each in objection_lines(order) if each.key == objection_id), None)
    if line is None:
        raise Http404
    back = f"{reverse('orders:case', args=[pk])}#item-{first_item(order, objection_id)}"
    words = _("写明核实的经过和依据。理由写入审核历史和证据，不在申请人的页面上显示。")
    is_revoking = request.POST.get("action", "revoke" if line.is_waived else "waive") == "revoke"
    data = request.POST if request.method == "POST" else None
    form = ReasonForm(data, help_text=words)
    if request.method == "POST" and form.is_valid():
        try:
            act = revoke_waiver if is_revoking else waive_rule
            act(
                request.actor,
                order_id=pk,
                objection_id=objection_id,
                reason=form.cleaned_data["reason"],
                version=posted_version(request),
            )
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            done = _("规则 %(rule)s 的豁免已撤销。") if is_revoking else _("规则 %(rule)s 已豁免。")
            messages.success(request, done % {"rule": line.rule})
            return redirect(back)
    context = {
        "order": order,
        "form": form,
        "line": line,
        "back": back,
        "waiver": _waiver_of(line),
        # What was typed comes back with the refusal.
        "refusal": "" if form.is_bound else refusal_to_waive(order, request.actor),
    }
    return render(request, "orders/desk/waive.html", context)


def _waiver_of(line: ObjectionLine) -> Waiver | None:
    rows = Waiver.objects.standing().filter(objection=line.key).select_related("author")
    return rows.first() if line.is_waived else None
