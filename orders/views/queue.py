"""The review queue: filters, saved views, search, and the case to take next."""

from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.ui import NavItem
from orders.desk import review_queue
from orders.desk.due_badge import due_badge_of
from orders.desk.queue_lines import language, lines_of
from orders.desk.review_queue import Counts, Filters, Key, Page
from orders.forms.queue import QueueFilterForm, filters_of
from orders.views.desk import DESK, REVIEWERS


def _read_key(text: str) -> Key | None:
    """A place in the list as its address carries it; None for anything else."""
    moment, _mark, pk = text.partition("~")
    try:
        key = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return None
    return key if key[0].tzinfo else None


def _address(filters: Filters, **place: Key | None) -> str:
    chosen = {name: value for name, value in asdict(filters).items() if value}
    keys = {name: f"{key[0].isoformat()}~{key[1]}" for name, key in place.items() if key}
    return f"?{urlencode(chosen | keys)}"


def _tabs(counts: Counts, filters: Filters) -> list[NavItem]:
    views = [
        (_("全部待审"), Filters(), counts.all),
        (_("今天到期"), Filters(due="today"), counts.today),
        (_("已逾期"), Filters(due="overdue"), counts.overdue),
        (pgettext("orders", "重新提交"), Filters(state="resubmitted"), counts.resubmitted),
        (_("我领取的"), Filters(holder="mine"), counts.mine),
    ]
    return [
        NavItem(label, _address(view), count, current=view == filters)
        for label, view, count in views
    ]


def _pager(page: Page, filters: Filters) -> dict[str, str]:
    if not page.orders:
        return {"summary": _("没有符合条件的订单")}
    place = {"first": page.first, "last": page.last, "total": page.total}
    return {
        "summary": _("第 %(first)d–%(last)d 条，共 %(total)d 条") % place,
        "newer": _address(filters, before=page.newer) if page.newer else "",
        "older": _address(filters, after=page.older) if page.older else "",
    }


@access(Level.STAFF, *DESK)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    user_id = request.actor.user_id
    own = review_queue.own_accounts(user_id)
    text = request.GET.get("q", "").strip()
    if text:
        return _found(request, text, own)
    filters = filters_of(request.GET, language())
    page = review_queue.page_of(
        review_queue.filtered(filters, user_id),
        after=_read_key(request.GET.get("after", "")),
        before=_read_key(request.GET.get("before", "")),
    )
    may_take = request.actor.has_role(*REVIEWERS)
    following = review_queue.next_case(user_id, own) if may_take else None
    context = {
        "lines": lines_of(page.orders, user_id, own),
        "pager": _pager(page, filters),
        "tabs": _tabs(review_queue.counts(user_id), filters),
        "filter_form": QueueFilterForm(initial=asdict(filters), language=language()),
        "is_filtered": filters != Filters(),
        "may_take": may_take,
        "following": following,
        "following_due": due_badge_of(following.due_at) if following else None,
    }
    return render(request, "orders/desk/queue.html", context)


def _found(request: HttpRequest, text: str, own: frozenset[UUID]) -> HttpResponse:
    orders = review_queue.found(text[:100])
    context = {
        "text": text,
        "lines": lines_of(orders, request.actor.user_id, own),
        "limit": review_queue.FOUND_AT_MOST,
        "is_cut": len(orders) == review_queue.FOUND_AT_MOST,
    }
    return render(request, "orders/desk/found.html", context)
