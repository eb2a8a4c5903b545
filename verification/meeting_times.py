"""Halves of days for a meeting, as they are stored ("2026-11-27 am") and as people read them."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from beian.dates import day_text

HALVES = ("am", "pm")


def halves_of(days: Iterable[date]) -> list[tuple[str, str]]:
    """(value, label) of each half of `days`."""
    values = [f"{day.isoformat()} {half}" for day in days for half in HALVES]
    return [(value, text_of(value)) for value in values]


def text_of(value: str) -> str:
    day, _space, half = value.partition(" ")
    halves = {"am": _("上午"), "pm": _("下午")}
    words = {"day": day_text(date.fromisoformat(day)), "half": halves[half]}
    return _("%(day)s %(half)s") % words
