"""The portal inbox."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from verification.actions.messages import mark_read
from verification.paging import page_before
from verification.queries import inbox


@access(Level.FILING)
@require_http_methods(["GET", "HEAD", "POST"])
def messages(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        mark_read(request.actor)
        return redirect("verification:messages")
    page = page_before(inbox(request.account), request.GET.get("before", ""))
    context = {
        "notices": page.rows,
        "has_unread": any(notice.read_at is None for notice in page.rows),
        "older_url": f"?{urlencode({'before': page.older})}" if page.older else "",
        "newest_url": "" if page.is_first else request.path,
    }
    return render(request, "verification/messages.html", context)
