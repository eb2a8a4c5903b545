"""Working days of mainland China.

The State Council publishes each year's holidays and make-up days in the autumn before; the
package `chinesecalendar` carries them and raises for a year it does not know. For such a year we
answer with weekends and the holidays whose dates are certain, and `is_provisional` says so.
An `overrides` mapping {day: is it worked} always wins; operators keep it in the settings
`calendar.free_days` and `calendar.worked_days`, which orders/working_days.py reads.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import chinese_calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
SATURDAY = 5

# Holidays fixed by date in 全国年节及纪念日放假办法 (as amended from 2025-01-01). Spring Festival,
# Qingming, Dragon Boat and Mid-Autumn move, so a provisional year does not know them.
FIXED_HOLIDAYS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}

Overrides = Mapping[date, bool]
NO_OVERRIDES: Overrides = {}


@lru_cache(maxsize=4096)
def _published(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # what the package raises for a year it has no notice of
        return None


def is_provisional(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    """True if no official notice covers the day, so that the answer may still change.

    A notice is of a whole year: with one of its days entered, the year is known.
    """
    return _published(day) is None and day.year not in {known.year for known in overrides}


def is_working_day(day: date, overrides: Overrides = NO_OVERRIDES) -> bool:
    if day in overrides:
        return overrides[day]
    published = _published(day)
    if published is not None:
        return published
    return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED_HOLIDAYS


def add_working_days(day: date, count: int, overrides: Overrides = NO_OVERRIDES) -> date:
    """Return the `count`-th working day after `day`; the start itself is never counted.

    Zero gives `day`, or the next working day if `day` is not one.
    """
    if count < 0:
        raise ValueError("count of working days cannot be negative")
    if count == 0:
        while not is_working_day(day, overrides):
            day += timedelta(days=1)
        return day
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, overrides)
    return day


def working_days_between(start: date, end: date, overrides: Overrides = NO_OVERRIDES) -> int:
    """Count the working days after `start` up to and including `end`; negative if reversed."""
    if end < start:
        return -working_days_between(end, start, overrides)
    days = (start + timedelta(days=offset) for offset in range(1, (end - start).days + 1))
    return sum(is_working_day(day, overrides) for day in days)


def end_of_working_day(day: date, closes: time = time(18, 0)) -> datetime:
    """Return the moment offices close on `day`, Shanghai time, as an aware UTC datetime."""
    return datetime.combine(day, closes, tzinfo=SHANGHAI).astimezone(UTC)
