"""Ticking boxes for legal texts as a page shows them."""

from collections.abc import Iterable

from beian.legal_texts import legal_text


def ticks(keys: Iterable[str]) -> dict[str, str]:
    """Boxes named after the texts in force."""
    return {key: legal_text(key).stamp for key in keys}


def account_ticks() -> dict[str, str]:
    """The boxes of a new account."""
    return {
        "terms": legal_text("account_terms").stamp,
        "privacy": legal_text("privacy_notice").stamp,
    }


def real_name_tick() -> dict[str, str]:
    return {"consent": legal_text("certificate_data").stamp}
