"""Orders the ministry returned, for whoever resubmits them unchanged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from orders.desk.returned_list import returned_lines
from orders.views.desk import DESK


@access(Level.STAFF, *DESK)
@require_GET
def returned(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/desk/returned.html", {"lines": returned_lines(request.actor)})
