"""Bring a typed number into its printed form."""

import unicodedata

HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—―−·• \t\u3000"), None)


def normalise_number(value: str) -> str:
    """Return half-width capitals without spaces, hyphens and dots: "９１３３-01" → "913301"."""
    return unicodedata.normalize("NFKC", value).translate(HYPHENS).upper()
