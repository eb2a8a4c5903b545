"""Chinese with the English beside it: these pages have no language switch."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def two(chinese: str, english: str) -> SafeString:
    """Give both texts as markup, each marked with its language for screen readers."""
    return format_html('{} <span class="en" lang="en">{}</span>', chinese, english)
