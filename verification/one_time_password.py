"""One-time passwords of staff (TOTP, RFC 6238)."""

import base64
import secrets
from urllib.parse import quote, urlencode

import segno
from django.utils.safestring import SafeString, mark_safe
from django_otp.oath import TOTP

from beian import clock
from beian.site_settings import setting

# RFC 4226 recommends 160 bits; one step of tolerance covers a phone whose clock is a little off.
SECRET_BYTES = 20
TOLERANCE_STEPS = 1
DIGITS = 6


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def _generator(secret: str) -> TOTP:
    totp = TOTP(base64.b32decode(secret), digits=DIGITS)
    totp.time = clock.now().timestamp()
    return totp


def current_code(secret: str) -> str:
    return f"{_generator(secret).token():0{DIGITS}d}"


def accepted_step(secret: str, code: str, after_step: int) -> int | None:
    """The time step `code` belongs to, if it is right and newer than `after_step`."""
    totp = _generator(secret)
    is_right = code.isascii() and code.isdigit() and len(code) == DIGITS
    if is_right and totp.verify(int(code), TOLERANCE_STEPS, min_t=after_step + 1):
        return totp.t()
    return None


def key_uri(secret: str, username: str) -> str:
    """What generators read from a QR code."""
    issuer = setting("site.product_name")
    query = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{query}"


def qr_svg(uri: str) -> SafeString:
    """An inline picture: the content policy allows no data: addresses."""
    svg = segno.make(uri, error="m").svg_inline(scale=4, border=4, light="#fff")
    return mark_safe(svg)  # noqa: S308  # made by segno from an address we quoted ourselves
