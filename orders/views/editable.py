"""The wizard's pages need an order that can be edited; others lead to the order page."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from orders.models import FilingOrder
from orders.queries import order_of


def editable_order(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the account's order; send the person to the order page if it is closed."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: UUID, **kwargs: str) -> HttpResponse:
        order = order_of(request.account, pk, step=kwargs.get("key", ""))
        if not order.is_editable:
            return leave_closed(request, order)
        return view(request, order, **kwargs)

    return wrapped


def leave_closed(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    """Say why the page is closed and show where the order is now."""
    reason = _("订单现在是“%(state)s”，不能修改资料。")
    messages.info(request, reason % {"state": order.get_state_display()})
    return redirect("orders:order", order.pk)
