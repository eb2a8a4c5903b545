"""Who is asking, when a proxy stands in front.

What a proxy says about the client (X-Forwarded-For, X-Forwarded-Proto) is believed only if the
proxy is one of ours; anybody else could write anything there.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)


def parse_address(text: str) -> Address | None:
    """An address as proxies write it: bare, `[v6]`, or with a port; the zone of an interface
    (RFC 4007) is nothing a database knows.
    """
    text = text.strip().partition("%")[0]
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def is_within(address: Address | None, proxies: Iterable[Network]) -> bool:
    return address is not None and any(address in network for network in proxies)


def client_behind(remote: str, forwarded_for: str, proxies: Iterable[Network]) -> str:
    """The nearest address that is not one of our proxies.

    Every proxy adds the address it was called from at the right; what stands left of the first
    stranger is the stranger's own claim.
    """
    client = parse_address(remote)
    for text in reversed(forwarded_for.split(",") if forwarded_for else []):
        if not is_within(client, proxies):
            break
        nearer = parse_address(text)
        if nearer is None:
            break
        client = nearer
    return str(client) if client is not None else ""


class TrustedProxyMiddleware:
    """Puts the client into REMOTE_ADDR; forwarded words of strangers are dropped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta, proxies = request.META, settings.TRUSTED_PROXIES
        remote = meta.get("REMOTE_ADDR", "")
        if is_within(parse_address(remote), proxies):
            forwarded_for = meta.get("HTTP_X_FORWARDED_FOR", "")
            meta["REMOTE_ADDR"] = client_behind(remote, forwarded_for, proxies)
        else:
            # A socket of the machine itself has no address.
            meta["REMOTE_ADDR"] = client_behind(remote, "", ())
            for name in FORWARDED:
                meta.pop(name, None)
        return self.get_response(request)
