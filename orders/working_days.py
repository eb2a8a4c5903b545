"""Working days as this installation counts them, with the days that operators entered."""

from datetime import date, datetime, time

from django.utils.translation import gettext as _

from beian import clock
from beian.site_settings import setting
from rules import calendar


def entered() -> calendar.Overrides:
    """Days an operator entered; one that is in both lists is worked."""
    free = {date.fromisoformat(day): False for day in setting("calendar.free_days")}
    return free | {date.fromisoformat(day): True for day in setting("calendar.worked_days")}


def add(day: date, count: int) -> date:
    return calendar.add_working_days(day, count, entered())


def between(start: date, end: date) -> int:
    return calendar.working_days_between(start, end, entered())


def is_working(day: date) -> bool:
    return calendar.is_working_day(day, entered())


def at_office(moment: datetime) -> datetime:
    """`moment` if somebody is at work then; else when the next working day begins."""
    local = moment.astimezone(clock.SHANGHAI)
    if is_working(local.date()) and local.hour < setting("review.day_ends_at_hour"):
        return max(local, _opening(local.date()))
    return _opening(add(local.date(), 1))


def _opening(day: date) -> datetime:
    return datetime.combine(day, time(setting("review.day_begins_at_hour")), clock.SHANGHAI)


def provisional_note(day: date) -> str:
    """That the day may still move, to be put behind it; empty if the calendar is certain."""
    if calendar.is_provisional(day, entered()):
        return _("（节假日安排尚未公布，日期可能调整）")
    return ""
