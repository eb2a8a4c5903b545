"""Orders the ministry returned, for whoever resubmits them unchanged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.counting import capped_counts
from orders.desk.keyset import asked_page, pager_of
from orders.desk.returned_list import BY, returned_lines, returned_orders
from orders.views.desk import DESK


@access(Level.STAFF, *DESK)
@require_GET
def returned(request: HttpRequest) -> HttpResponse:
    rows = returned_orders()
    page = asked_page(rows, BY, request.GET)
    total = capped_counts({"returned": rows})["returned"]
    context = {
        "lines": returned_lines(page.rows, request.actor),
        "pager": pager_of(page, total, request.GET),
    }
    return render(request, "orders/desk/returned.html", context)
