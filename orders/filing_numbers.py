"""What a filing number looks like, whoever gave it (process: numbers after filing)."""

import re
from functools import cache

from rules.regions import provinces


@cache
def _subject() -> re.Pattern[str]:
    prefixes = "".join(province.prefix for province in provinces().values())
    return re.compile(rf"[{prefixes}]ICP备[0-9]{{8,10}}号")


_SUFFIX = re.compile(r"-[0-9]+[AXK]?")


def is_subject_number(text: str) -> bool:
    """京ICP备04000001号."""
    return _subject().fullmatch(text) is not None


def is_service_number(text: str) -> bool:
    """京ICP备04000001号-1, of any subject."""
    head, mark, suffix = text.partition("号")
    return is_subject_number(head + mark) and _SUFFIX.fullmatch(suffix) is not None


def is_number_under(text: str, subject_number: str) -> bool:
    """A service's number, and one of this subject."""
    return is_service_number(text) and text.startswith(f"{subject_number}-")
