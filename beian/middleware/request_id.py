"""A request id for logs, audit entries and error pages."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from beian import logs

HEADER = "X-Request-ID"


class RequestIdMiddleware:
    """Gives every request an id of our own: one from outside could carry personal data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]
        token = logs.request_id.set(request.request_id)
        order_token = logs.order_id.set("")
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
            logs.order_id.reset(order_token)
        response[HEADER] = request.request_id
        return response
