"""Who may see how the installation is doing: callers at the addresses in BEIAN_MONITORS."""

from django.conf import settings
from django.http import HttpRequest

from beian.middleware.trusted_proxy import is_within, parse_address


def is_monitor(request: HttpRequest) -> bool:
    """The address is the client's own: `TrustedProxyMiddleware` has seen to that."""
    return is_within(parse_address(request.META.get("REMOTE_ADDR", "")), settings.MONITORS)
