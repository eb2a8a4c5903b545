"""The filing rules as operators see them: the list, one rule with its history, and the files."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.enums import StaffRoleName as Role
from orders.forms.rule_list import RuleFilterForm, filters_of
from orders.rulebook.content import base_of, standing_row
from orders.rulebook.history import (
    conflict_of,
    edits_of,
    history,
    in_turn,
    row_today,
    summary,
    unread_of,
)
from orders.rulebook.listing import (
    Filters,
    RulePage,
    address_of,
    key_of,
    page_of,
    province_shown,
    rule_lines,
)

OPERATORS = (Role.OPERATOR,)


@access(Level.STAFF, *OPERATORS)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    filters = filters_of(request.GET)
    page = page_of(rule_lines(filters), key_of(request.GET.get("after", "")))
    chosen = {name: value for name, value in vars(filters).items() if value}
    context = {
        "filter_form": RuleFilterForm(initial=chosen),
        "is_filtered": filters != Filters(),
        "lines": page.lines,
        "pager": _pager(page, chosen),
    }
    return render(request, "orders/rules/rules.html", context)


def _pager(page: RulePage, chosen: dict[str, str]) -> dict[str, str]:
    def address(after: str) -> str:
        place = {"after": address_of(after)} if after else {}
        return f"?{urlencode(chosen | place)}"

    numbers = {"number": len(page.lines), "total": page.total}
    return {
        "summary": _("本页 %(number)d 条，共 %(total)s 条") % numbers,
        "newer": "" if page.before is None else address(page.before),
        "older": address(page.after) if page.after else "",
    }


@access(Level.STAFF, *OPERATORS)
@require_GET
def rule(request: HttpRequest, rule_key: str) -> HttpResponse:
    """What the rule says today, where an upgrade and an edit disagree, and every edit of it."""
    key = key_of(rule_key)
    edits = edits_of(key)
    row = row_today(key) or next((edit.row for edit in edits if edit.row), None)
    if row is None:
        raise Http404
    published = in_turn(edits)
    last = published[-1] if published else None
    unread = unread_of(published)
    context = {
        "key": key,
        "address": address_of(key),
        "province": province_shown(key),
        "title": row["title"],
        "rows": summary(row),
        "holds": row_today(key) is not None,
        "open_edit": next((edit for edit in edits if edit.is_open), None),
        "to_come": last if last is not None and last.is_to_come else None,
        "conflict": conflict_of(last),
        "unread": unread,
        "has_form": standing_row(key, last) is not None,
        "is_removed": last is not None and last.removes and base_of(key).row is None,
        "is_shipped": base_of(key).row is not None,
        "is_edited": last is not None and last.row is not None,
        "history": history(edits, unread),
    }
    return render(request, "orders/rules/rule.html", context)
