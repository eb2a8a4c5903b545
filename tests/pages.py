"""Comparing pages."""

import re

# Different on every request by design: CSRF token, post key and the request id of error pages; and
# the seconds until the session ends, when the clock strikes between two requests.
_TOKENS = re.compile(
    r'name="(?:csrfmiddlewaretoken|idempotency_key)" value="[^"]*"|data-seconds="\d+"'
)


def without_tokens(response) -> str:
    """The page as a person sees it."""
    page = _TOKENS.sub("", response.content.decode())
    return page.replace(response.headers["X-Request-ID"], "")
