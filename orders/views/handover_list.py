"""Handing orders over to the bureau: the list, a check page, and what became of the records."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from beian.access import Level, access
from beian.counting import capped_counts
from orders.actions.handover import hand_over_to_bureau, refusal_to_hand_over
from orders.desk.case_rows import table_of
from orders.desk.handover_list import (
    PENDING_BY,
    RECORDS_BY,
    pending_lines,
    pending_orders,
    record_lines,
    records,
)
from orders.desk.keyset import asked_page, pager_of
from orders.desk.queue_lines import province_name
from orders.enums import HandoverState
from orders.models import BureauRecord, FilingOrder
from orders.views.desk import DESK, SUBMITTERS, case_of
from orders.views.version import posted_version
from orders.workflow import Refused


@access(Level.STAFF, *DESK)
@require_GET
def handover(request: HttpRequest) -> HttpResponse:
    """Reviewers see the list too, but only a submitter can send."""
    pending_rows, record_rows = pending_orders(), records()
    pending = asked_page(pending_rows, PENDING_BY, request.GET)
    sent = asked_page(record_rows, RECORDS_BY, request.GET, "records")
    totals = capped_counts({"pending": pending_rows, "records": record_rows})
    context = {
        "pending": pending_lines(pending.rows, request.actor),
        "pending_pager": pager_of(pending, totals["pending"], request.GET),
        "records": record_lines(sent.rows),
        "records_pager": pager_of(sent, totals["records"], request.GET, "records"),
    }
    return render(request, "orders/desk/handover.html", context)


def _refused_before(order: FilingOrder) -> BureauRecord | None:
    """The record with the bureau system's words about the last attempt, if it was refused."""
    refused = [row for row in order.open_filings if row.state == HandoverState.REFUSED]
    return refused[-1] if refused else None


@access(Level.STAFF, *SUBMITTERS)
@require_http_methods(["GET", "POST"])
def handover_act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Check once more, then queue the record; the same page repeats a refused one."""
    order = case_of(pk, request.actor)
    if request.method == "POST":
        try:
            hand_over_to_bureau(request.actor, order.pk, version=posted_version(request))
        except Refused as refusal:
            messages.error(request, refusal.reason)
        else:
            text = _("订单 %(number)s 已排队发送管局，管局接收后进入短信核验。")
            messages.success(request, text % {"number": order.number})
        return redirect("orders:handover")
    submission = order.submission
    context = {
        "order": order,
        "province": province_name(order.province),
        "submission": submission,
        "is_intact": submission.is_intact(),
        "table": table_of(submission, []),
        "reason": refusal_to_hand_over(order, request.actor),
        "refused": _refused_before(order),
    }
    return render(request, "orders/desk/handover_check.html", context)
