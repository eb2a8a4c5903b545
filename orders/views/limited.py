"""Public forms: how often a network address may post to them."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from beian import limits
from beian.audit import client_address
from beian.site_settings import setting

View = Callable[..., HttpResponse]
_HOUR = timedelta(hours=1)


def limited(view: View) -> View:
    """Count posts per network address; beyond the limit only a page that says when to come back."""

    @wraps(view)
    def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method == "POST":
            limit = setting("public_form.posts_per_address_hour")
            try:
                limits.hit("public_form", client_address(request) or "-", limit=limit, window=_HOUR)
            except limits.LimitReached as reached:
                minutes = -(-reached.retry_after // 60)
                return render(request, "errors/429.html", {"retry_minutes": minutes}, status=429)
        return view(request, *args, **kwargs)

    return counted
