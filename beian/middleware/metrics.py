"""Counts requests by route; the path itself may name an order and is left out."""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from beian.metrics import request_seconds, requests_total

_METHODS = {"GET", "HEAD", "POST", "OPTIONS"}


class MetricsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.view_name if match is not None else "none"
        # The method is the client's word: unknown ones must not make new series without end.
        method = request.method if request.method in _METHODS else "other"
        requests_total.labels(route, method, str(response.status_code)).inc()
        request_seconds.labels(route, method).observe(time.perf_counter() - begun)
        return response
