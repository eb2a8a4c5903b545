"""Keyed digests of normalised values: equality without plaintext."""

import hashlib
import hmac
import re
import unicodedata

from .keys import digest_key


def normalise(kind: str, value: str) -> str:
    """One spelling per value: width, case, spaces and hyphens do not matter; +86 is dropped."""
    text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", value))
    if kind == "phone":
        return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", text)
    return text.lower() if kind in {"mail", "domain"} else text.upper()


def digest(kind: str, value: str) -> str:
    """Return 64 hex characters.

    `kind` is phone, mail, certificate, domain, name, code or address.
    """
    message = f"{kind}:{normalise(kind, value)}".encode()
    return hmac.new(digest_key(), message, hashlib.sha256).hexdigest()
