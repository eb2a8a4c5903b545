"""需要处理: everything the machine stopped at, for those who can do something about it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beian import navigation
from beian.access import Level, access
from beian.counting import shown_count
from beian.ui import NavItem
from orders.attention.lines import lines_of
from orders.attention.pages import Key, Page, page_of, read_key
from orders.attention.sources import ROLES, Source, sources_of


def _address(kind: str, **place: Key | None) -> str:
    chosen = {"kind": kind} if kind else {}
    return f"?{urlencode(chosen | {name: key.text() for name, key in place.items() if key})}"


def _tabs(sources: list[Source], counts: dict[str, int], chosen: str) -> list[NavItem]:
    """All, and every kind of which there is something (or which is being looked at)."""
    every = NavItem(_("全部"), _address(""), shown_count(sum(counts.values())), current=not chosen)
    kinds = [
        NavItem(
            str(source.label),
            _address(source.kind),
            shown_count(counts[source.kind]),
            current=source.kind == chosen,
        )
        for source in sources
        if counts[source.kind] or source.kind == chosen
    ]
    return [every, *kinds]


def _pager(page: Page, kind: str, total: int) -> dict[str, str]:
    return {
        "summary": _("共 %(total)s 项，等得最久的在前") % {"total": shown_count(total)},
        "newer": _address(kind, before=page.newer) if page.newer else "",
        "older": _address(kind, after=page.older) if page.older else "",
    }


@access(Level.STAFF, *sorted(ROLES))
@require_GET
def attention(request: HttpRequest) -> HttpResponse:
    sources = sources_of(request.actor)
    counted = navigation.counted(navigation.STAFF, request)
    counts = {source.kind: counted["orders:attention", source.kind] for source in sources}
    kind = request.GET.get("kind", "")
    kind = kind if kind in counts else ""
    page = page_of(
        [source for source in sources if not kind or source.kind == kind],
        after=read_key(request.GET.get("after", "")),
        before=read_key(request.GET.get("before", "")),
    )
    total = counts[kind] if kind else sum(counts.values())
    context = {
        "lines": lines_of(page.items, request.actor),
        "tabs": _tabs(sources, counts, kind),
        "pager": _pager(page, kind, total),
        "kind": kind,
    }
    return render(request, "orders/desk/attention.html", context)
