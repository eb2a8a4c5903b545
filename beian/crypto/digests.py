"""Keyed digests of normalised values: equality without plaintext."""

import re
import unicodedata

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from .keys import look_up_key

HASHES: dict[str, hashes.HashAlgorithm] = {"sha256": hashes.SHA256(), "sm3": hashes.SM3()}


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
    made_with = look_up_key()
    code = HMAC(made_with.key, HASHES[made_with.hash_name])
    code.update(message)
    return code.finalize().hex()
