"""A page posted twice acts once: the second post is led where the first one went.

A double click 0.2 s apart, a reload of a post and a retry on a bad line all carry the same key.
While the first post still runs, the second waits for it a little.
"""

import re
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from beian import clock
from beian.models import IdempotencyKey
from beian.site_settings import setting
from beian.unsent import bring_files, forget_unsent

FIELD = "idempotency_key"
# As our pages make them; anything else may be what a database does not store (a zero byte).
_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
# A first post that is still running after this time died with its process.
_ABANDONED_AFTER = timedelta(minutes=2)
_LOOK_AGAIN_SECONDS = 0.1


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


def _claim_or_answer(request: HttpRequest, owner: str, key: str) -> IdempotencyKey | HttpResponse:
    """The row of a first post, or where the first one led, waiting for it if it still runs.

    Without JavaScript a double click shows the answer of the second post only. If the first came
    to nothing (errors on the page), the second takes its place and shows the errors.
    """
    give_up = time.monotonic() + setting("idempotency.wait_seconds")
    row = _claim(owner, key, request.path)
    while row is None:
        first = IdempotencyKey.objects.filter(owner=owner, key=key).first()
        if first is None:
            row = _claim(owner, key, request.path)
            continue
        if first.path != request.path:
            return _conflict(request)
        if first.done_at is not None:
            return HttpResponseRedirect(first.location)
        if first.created_at < clock.now() - _ABANDONED_AFTER:
            IdempotencyKey.objects.filter(pk=first.pk, done_at=None).delete()
            continue
        if time.monotonic() > give_up:
            return _conflict(request)
        time.sleep(_LOOK_AGAIN_SECONDS)
    return row


def _conflict(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/409.html", {"page_url": _page_url(request)}, status=409)


def _page_url(request: HttpRequest) -> str:
    """The page whose form was posted; some addresses answer posts only."""
    page = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if safe else request.get_full_path()


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
        if not _KEY.fullmatch(key):
            return render(request, "errors/400.html", status=400)
        owner = _owner(request)
        row = _claim_or_answer(request, owner, key)
        if isinstance(row, HttpResponse):
            return row
        bring_files(request)
        try:
            response = view(request, *args, **kwargs)
        except BaseException:
            row.delete()
            raise
        forget_unsent(request)
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
