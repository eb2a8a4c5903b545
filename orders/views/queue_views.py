"""Saving the queue's filters as a view of one's own, and doing away with one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.data_language import data_language
from beian.ui import SummaryRow
from orders.actions.queue_views import delete_view, save_view
from orders.desk.queue_tabs import address, chosen, saved_filters
from orders.desk.review_queue import Filters
from orders.forms.queue import QueueFilterForm, filters_of
from orders.forms.queue_view import QueueViewForm
from orders.models import QueueView
from orders.views.desk import DESK
from orders.workflow import Refused


def _described(filters: Filters) -> list[SummaryRow]:
    """The filters in words, as the form above the queue shows them."""
    form = QueueFilterForm(language=data_language())
    return [
        SummaryRow(str(form.fields[name].label), str(dict(form.fields[name].choices)[value]))
        for name, value in chosen(filters).items()
    ]


@access(Level.STAFF, *DESK)
@require_http_methods(["GET", "POST"])
def queue_views(request: HttpRequest) -> HttpResponse:
    """One's views, each with a button to delete it; above them, the filters of the address."""
    filters = filters_of(request.GET, data_language())
    if request.method == "POST" and "delete" in request.POST:
        return _delete(request)
    form = QueueViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = save_view(request.actor, name=form.cleaned_data["name"], filters=chosen(filters))
        except Refused as refusal:
            form.add_error("name", refusal.reason)
        else:
            messages.success(request, _("视图“%(name)s”已保存。") % {"name": view.name})
            return redirect(reverse("orders:queue") + address(filters))
    return _page(request, filters, form)


def _delete(request: HttpRequest) -> HttpResponse:
    chosen_view = request.POST["delete"]
    if chosen_view.isascii() and chosen_view.isdigit():
        delete_view(request.actor, view_id=int(chosen_view[:18]))
        messages.success(request, _("视图已删除。"))
    return redirect("orders:queue-views")


def _page(request: HttpRequest, filters: Filters, form: QueueViewForm) -> HttpResponse:
    views = QueueView.objects.filter(user_id=request.actor.user_id)
    context = {
        "form": form,
        "rows": _described(filters),
        "has_filters": filters != Filters(),
        "views": [(view, address(saved_filters(view))) for view in views],
    }
    return render(request, "orders/desk/queue_views.html", context)
