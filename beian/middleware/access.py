"""Enforces the declaration of `beian.access` before a view runs."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from beian.access import Access, Level
from beian.monitors import is_monitor
from beian.unsent import has_typed, keep_unsent, page_of


def _is_member(request: HttpRequest) -> bool:
    return request.membership is not None


def _may_file(request: HttpRequest) -> bool:
    return request.membership is not None and request.membership.may_file


def _way_back(request: HttpRequest) -> str:
    """Where sign-in leads; a form posted as the session ended waits on a page of its own."""
    if request.method != "POST":
        return request.get_full_path()
    if request.ended_user_id is not None:
        if not has_typed(request):
            messages.warning(request, _("登录已过期，刚才的操作没有执行。请重新登录后再操作。"))
            return page_of(request)
        if keep_unsent(request, request.ended_user_id):
            messages.info(request, _("登录已过期。请重新登录，刚才填写的内容已为您留住。"))
            return reverse(settings.UNSENT_URL)
        messages.warning(request, _("登录已过期，刚才填写的内容太多，没有留住。"))
    return page_of(request)


def _refusal(request: HttpRequest, declared: Access) -> HttpResponse | None:
    """None when the page may be opened; otherwise the answer to give."""
    if declared.level is Level.PUBLIC:
        return None
    if declared.level is Level.MONITOR:
        return None if is_monitor(request) else _page(request, "errors/404.html")
    if not request.user.is_authenticated:
        door = settings.STAFF_LOGIN_URL if declared.level is Level.STAFF else settings.LOGIN_URL
        return redirect_to_login(_way_back(request), door)
    if declared.level is Level.STAFF:
        allowed = request.user.is_staff and bool(declared.roles & request.actor.roles)
        # Applicants are not told that staff pages exist.
        template = "errors/403.html" if request.user.is_staff else "errors/404.html"
        return None if allowed else _page(request, template)
    if declared.level is Level.MEMBER and not _is_member(request):
        return _page(request, "errors/403.html")
    if declared.level is Level.FILING and not _may_file(request):
        needs_role = _is_member(request)
        return _page(request, "errors/missing_role.html" if needs_role else "errors/403.html")
    return None


def _page(request: HttpRequest, template: str) -> HttpResponse:
    return render(request, template, status=404 if template == "errors/404.html" else 403)


class AccessMiddleware:
    """A view without a declaration is a mistake of ours and is not served."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, _args: tuple, _kwargs: dict
    ) -> HttpResponse | None:
        declared = getattr(view, "access", None)
        if declared is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} declares no access")
        return _refusal(request, declared)
