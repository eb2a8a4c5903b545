"""A senior reviewer gives a case to a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.enums import StaffRoleName as Role
from orders.actions.review import reassign_order
from orders.desk.case_bar import bar_of
from orders.forms.reassign import ReassignForm
from orders.models import FilingOrder
from orders.reviewers import reviewers_for
from orders.views.desk import case_of
from orders.views.version import posted_version
from orders.workflow import Refused


@access(Level.STAFF, Role.SENIOR_REVIEWER)
@require_http_methods(["GET", "POST"])
def reassign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose who goes on with the case; the holder, if any, loses it and reads so."""
    order = case_of(pk, request.actor)
    buttons = {button.name: button for button in bar_of(order, request.actor, []).buttons}
    if "reassign" not in buttons:
        messages.error(request, _("只有待初审的订单可以转交。"))
        return redirect("orders:case", order.pk)
    holder = order.assigned_to if order.is_claimed else None
    others = reviewers_for(order).exclude(pk=holder.pk) if holder else reviewers_for(order)
    form = ReassignForm(request.POST or None, reviewers=others)
    if request.method == "POST" and form.is_valid():
        return _do(request, order, form)
    reason = buttons["reassign"].reason
    context = {"order": order, "form": form, "holder": holder, "reason": reason}
    return render(request, "orders/desk/reassign.html", context)


def _do(request: HttpRequest, order: FilingOrder, form: ReassignForm) -> HttpResponse:
    chosen = int(form.cleaned_data["to_user"])
    try:
        reassign_order(
            request.actor,
            order_id=order.pk,
            version=posted_version(request),
            to_user_id=chosen,
            opinion=form.cleaned_data["opinion"],
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        name = dict(form.fields["to_user"].choices)[str(chosen)]
        messages.success(request, _("订单已转交给 %(name)s。") % {"name": name})
    return redirect("orders:case", order.pk)
