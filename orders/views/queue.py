"""The review queue: filters, saved views, search, and the case to take next."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from beian import navigation
from beian.access import Level, access
from beian.counting import shown_count
from beian.data_language import data_language
from orders.actions.review import take_next
from orders.desk import review_queue, search
from orders.desk.due_badge import due_badge_of
from orders.desk.keyset import Page, asked_page
from orders.desk.queue_lines import lines_of
from orders.desk.queue_tabs import Numbers, address, tabs_and_numbers
from orders.desk.review_queue import Filters
from orders.forms.queue import QueueFilterForm, filters_of
from orders.models import FilingOrder
from orders.views.desk import DESK, REVIEWERS
from orders.workflow import Refused


def _summary(page: Page, numbers: Numbers) -> str:
    if not page.rows:
        return _("没有符合条件的订单")
    total = shown_count(numbers.total)
    if shown_count(numbers.before) != str(numbers.before):
        # So far down nobody counts places any more.
        return _("本页 %(number)d 条，共 %(total)s 条") % {
            "number": len(page.rows),
            "total": total,
        }
    place = {"first": numbers.before + 1, "last": numbers.before + len(page.rows)}
    return _("第 %(first)d–%(last)d 条，共 %(total)s 条") % {**place, "total": total}


def _pager(page: Page, numbers: Numbers, filters: Filters) -> dict[str, str]:
    return {
        "summary": _summary(page, numbers),
        "newer": address(filters, before=page.newer) if numbers.before else "",
        "older": address(filters, after=page.older) if page.older else "",
    }


def _counted_for_the_rail(request: HttpRequest) -> dict[Filters, int]:
    """The whole queue, which the rail counts on every page."""
    counted = navigation.counted(navigation.STAFF, request)
    return {Filters(): counted["orders:queue", "waiting"]}


def _following(
    request: HttpRequest, own: frozenset[UUID], whole: Page | None, numbers: Numbers
) -> FilingOrder | None:
    if not request.actor.has_role(*REVIEWERS):
        return None
    back = bool(numbers.came_back)
    return review_queue.next_case(request.actor, own, whole, has_come_back=back)


@access(Level.STAFF, *DESK)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    user_id = request.actor.user_id
    own = review_queue.own_accounts(user_id)
    text = request.GET.get("q", "").strip()
    if text:
        return _found(request, text, own)
    filters = filters_of(request.GET, data_language())
    rows = review_queue.filtered(filters, user_id)
    page = asked_page(rows, review_queue.BY, request.GET)
    tabs, numbers = tabs_and_numbers(filters, page, user_id, _counted_for_the_rail(request))
    whole = page if filters == Filters() and not numbers.before else None
    following = _following(request, own, whole, numbers)
    context = {
        "lines": lines_of(page.rows, user_id, own),
        "pager": _pager(page, numbers, filters),
        "tabs": tabs,
        "views_query": address(filters),
        "filter_form": QueueFilterForm(initial=asdict(filters), language=data_language()),
        "is_filtered": filters != Filters(),
        "may_take": request.actor.has_role(*REVIEWERS),
        "following": following,
        "following_due": due_badge_of(following.due_at) if following else None,
    }
    return render(request, "orders/desk/queue.html", context)


def _found(request: HttpRequest, text: str, own: frozenset[UUID]) -> HttpResponse:
    orders, is_cut = search.found(text[:100])
    context = {
        "text": text,
        "lines": lines_of(orders, request.actor.user_id, own),
        "limit": len(orders),
        "is_cut": is_cut,
    }
    return render(request, "orders/desk/found.html", context)


@access(Level.STAFF, *REVIEWERS)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """领取下一单: whichever case is the most urgent at this moment."""
    try:
        order = take_next(request.actor)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:queue")
    messages.success(request, _("您已领取订单 %(number)s。") % {"number": order.number})
    return redirect("orders:case", order.pk)
