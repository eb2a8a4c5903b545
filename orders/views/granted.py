"""Pages of a truthfulness check open only in the browser in which its link was opened."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from orders import face_grant

View = Callable[..., HttpResponse]


def _granted(view: View, not_open: Callable[[HttpRequest], HttpResponse]) -> View:
    @wraps(view)
    def granted(request: HttpRequest, check_id: UUID, **kwargs: str) -> HttpResponse:
        grant = face_grant.granted(request.session, check_id)
        if grant is not None:
            return view(request, grant, **kwargs)
        if set(face_grant.checks_in(request.session)) - {str(check_id)}:
            return not_open(request)
        messages.info(request, _("核验页面已关闭，请用新的二维码或短信链接打开。"))
        return redirect("orders:face")

    return granted


def with_grant(view: View) -> View:
    """Give the view the check its address names; without a grant, lead to where a link is sent.

    A browser in which somebody else's check is open is told so: what was posted from a page left
    behind must not go to another person.
    """
    return _granted(view, _not_open)


def with_own_data(view: View) -> View:
    """The same for what a page fetches: other people's does not exist."""
    return _granted(view, _nothing)


def _not_open(request: HttpRequest) -> HttpResponse:
    return render(request, "orders/face/not_open.html", status=HTTPStatus.CONFLICT)


def _nothing(_request: HttpRequest) -> HttpResponse:
    raise Http404
