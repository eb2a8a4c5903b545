"""Which of the two texts a data file carries side by side is shown."""

from collections.abc import Mapping

from django.utils.translation import get_language


def data_language() -> str:
    """`zh` or `en`, after the language of the page."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def in_language(text: Mapping[str, str]) -> str:
    """The text of {"zh": …, "en": …} for the page."""
    return text[data_language()]
