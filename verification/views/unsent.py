"""Back after the session had ended: what was being saved can be sent after all."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from beian.access import Level, access
from beian.models import User
from beian.unsent import unsent_of
from verification.entering import home_of


@access(Level.SIGNED_IN)
@require_safe
def unsent(request: HttpRequest) -> HttpResponse:
    kept = unsent_of(request)
    if kept is None:
        return redirect(home_of(cast(User, request.user)))
    frame = "staff_base.html" if request.user.is_staff else "base.html"
    return render(request, "verification/unsent.html", {"kept": kept, "frame": frame})
