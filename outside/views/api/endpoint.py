"""The frame of every API view: JSON in, JSON out, other mistakes named."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

JSON_TYPE = "application/json"


class BadRequest(Exception):
    """The body lacks a field or has one of the wrong type."""


def json_post(**fields: type) -> Callable[..., Any]:
    """Wrap a view that takes the named fields of the JSON body as keyword arguments.

    A foreign page cannot send this content type without asking first, so no CSRF token is needed.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def endpoint(request: HttpRequest) -> HttpResponse:
            if request.content_type != JSON_TYPE:
                return _problem(415, f"Content-Type must be {JSON_TYPE}")
            try:
                body = _read(request, fields)
            except BadRequest as mistake:
                return _problem(400, str(mistake))
            return view(request, **body)

        return csrf_exempt(require_POST(endpoint))

    return wrap


def _read(request: HttpRequest, fields: dict[str, type]) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        raise BadRequest("body is not JSON") from None
    if not isinstance(body, dict):
        raise BadRequest("body is not an object")
    for name, kind in fields.items():
        # type() and not isinstance(): true is not the integer 1.
        if type(body.get(name)) is not kind:
            raise BadRequest(f"{name} must be {kind.__name__}")
    return {name: body[name] for name in fields}


def _problem(status: int, message: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status)
