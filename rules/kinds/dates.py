"""Calendar months and ages as filing rules count them."""

import calendar
from datetime import date
from functools import lru_cache

FEBRUARY, LEAP_DAY = 2, 29


@lru_cache(maxsize=256)
def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, the last of the month where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def age_on(today: date, born: date) -> int:
    """Return full years; the birthday itself counts, 29 February is reached on 1 March."""
    month, day = born.month, born.day
    if (month, day) == (FEBRUARY, LEAP_DAY) and not calendar.isleap(today.year):
        month, day = 3, 1
    return today.year - born.year - ((today.month, today.day) < (month, day))
