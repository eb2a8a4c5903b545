"""工作台: where the provider's people arrive, with the desk's own inbox."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.actions.staff_notices import mark_staff_notices_read, staff_inbox
from beian.data_language import data_language
from beian.enums import StaffRoleName
from beian.models import StaffNotice
from verification.paging import page_before


def _shown(notice: StaffNotice) -> tuple[StaffNotice, dict[str, str]]:
    """The message with its words in the reader's language."""
    return notice, notice.texts[data_language()]


def _chosen(request: HttpRequest) -> int | None:
    """The message named by the button; None means all of them."""
    text = request.POST.get("notice", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@access(Level.STAFF, *StaffRoleName.values)
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        mark_staff_notices_read(request.actor, notice_id=_chosen(request))
        return redirect("verification:staff-home")
    page = page_before(staff_inbox(request.actor), request.GET.get("before", ""), int)
    context = {
        "roles": [StaffRoleName(role).label for role in sorted(request.actor.roles)],
        "notices": [_shown(notice) for notice in page.rows],
        "has_unread": any(not notice.is_read for notice in page.rows),
        "older_url": f"?{urlencode({'before': page.older})}" if page.older else "",
        "newest_url": "" if page.is_first else request.path,
    }
    return render(request, "verification/staff_home.html", context)
