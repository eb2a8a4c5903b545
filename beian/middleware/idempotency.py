"""A page posted twice acts once: the second post is led where the first one went.

A double click 0.2 s apart, a reload of a post and a retry on a bad line all carry the same key.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from beian import clock
from beian.models import IdempotencyKey

FIELD = "idempotency_key"
# A first post that is still running after this time died with its process.
_ABANDONED_AFTER = timedelta(minutes=2)


def _owner(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return f"user:{request.user.pk}"
    # Before sign-in the CSRF cookie is the only thing that tells two browsers apart.
    return f"browser:{request.META.get('CSRF_COOKIE', '')[:60]}"


def _claim(owner: str, key: str, path: str) -> IdempotencyKey | None:
    """Make the row of a first post; None if there is one already."""
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(
                owner=owner, key=key, path=path, created_at=clock.now()
            )
    except IntegrityError:
        return None


def _repeat(request: HttpRequest, owner: str, key: str) -> HttpResponse:
    first = IdempotencyKey.objects.filter(owner=owner, key=key).first()
    if first is not None and first.done_at is not None and first.path == request.path:
        return HttpResponseRedirect(first.location)
    if first is not None and first.created_at < clock.now() - _ABANDONED_AFTER:
        first.delete()
    return render(request, "errors/409.html", status=409)


class IdempotencyMiddleware:
    """Requires a key on every post; keeps the answer of a post that led somewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if request.method != "POST":
            return None
        key = request.POST.get(FIELD, "")
        if not 16 <= len(key) <= 64:
            return render(request, "errors/400.html", status=400)
        owner = _owner(request)
        row = _claim(owner, key, request.path)
        if row is None:
            return _repeat(request, owner, key)
        try:
            response = view(request, *args, **kwargs)
        except BaseException:
            row.delete()
            raise
        self._settle(row, response)
        return response

    @staticmethod
    def _settle(row: IdempotencyKey, response: HttpResponse) -> None:
        if isinstance(response, HttpResponseRedirect):
            row.location = response.url
            row.done_at = clock.now()
            row.save(update_fields=["location", "done_at"])
        else:
            # Nothing was done (errors on the page): the corrected page may use a new key.
            row.delete()
