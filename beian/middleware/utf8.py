"""Forms of our pages come back in UTF-8, whatever charset a client claims.

Django decodes with the charset of the Content-Type header, and Python knows encodings that are no
text (base64, zlib): a claim like that would end in an error of ours.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

UTF8 = "utf-8"


class Utf8Middleware:
    """Before anything reads the query or the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.encoding is not None:
            request.encoding = UTF8
        return self.get_response(request)
