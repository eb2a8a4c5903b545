"""Error pages: what happened, what to do, and the request id for support."""

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the middleware could not read; a request that is too large says so."""
    is_too_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return render(request, "errors/400.html", {"is_too_large": is_too_large}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is old: the page says to reload it and that nothing was changed."""
    return render(request, "errors/csrf.html", status=403)
