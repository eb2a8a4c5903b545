"""Typed text made comparable: people paste spaces, hyphens and full-width forms."""

import re
import unicodedata

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_FULL_WIDTH_ALL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_FULL_WIDTH_WORDS = {
    code: half for code, half in _FULL_WIDTH_ALL.items() if chr(half).isalnum() or half == 0x20
}
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212·.]+")


def half_width(text: str) -> str:
    """Every full-width form as its half-width twin: for numbers, mail addresses and domains."""
    return text.translate(_FULL_WIDTH_ALL)


def half_width_words(text: str) -> str:
    """Full-width letters, digits and spaces only.

    Chinese punctuation stays: the brackets of 示例科技（杭州）有限公司 belong to the name.
    """
    return text.translate(_FULL_WIDTH_WORDS)


def trim(text: str) -> str:
    """Outer spaces and invisible characters removed (they come with copy and paste)."""
    return text.translate(_INVISIBLE).strip()


def drop_separators(text: str) -> str:
    """A number without the spaces, hyphens and dots people put into it."""
    return _SEPARATORS.sub("", half_width(trim(text)))


def has_control_character(text: str, *, lines: bool = False) -> bool:
    """Whether ``text`` holds control characters; ``lines`` allows line breaks and tabs."""
    allowed = "\r\n\t" if lines else ""
    return any(unicodedata.category(char) == "Cc" and char not in allowed for char in text)
