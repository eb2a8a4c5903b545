"""When things of an order are due, and the deadline rows that say so.

Limits come from the settings of the order's province; working days from the one calendar.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from beian import clock
from beian.actions.deadlines import (
    cancel_deadlines,
    cancel_deadlines_of,
    set_deadlines,
    set_deadlines_of,
)
from beian.models import Deadline
from beian.site_settings import setting
from orders import working_days
from orders.models import FilingOrder


def end_of_working_day(order: FilingOrder, days: int) -> datetime:
    """The close of business `days` working days after today, as an instant."""
    day = working_days.add(clock.today(), days)
    hour = time(setting("review.day_ends_at_hour", order.province))
    return datetime.combine(day, hour, tzinfo=clock.SHANGHAI)


def _initial_review(order: FilingOrder) -> datetime:
    return end_of_working_day(order, setting("review.initial_working_days", order.province))


def _review_warning(order: FilingOrder) -> datetime | None:
    hours = setting("review.unclaimed_warning_hours")
    moment = order.due_at - timedelta(hours=hours) if order.due_at else None
    return moment if moment and moment > clock.now() else None


def _bureau_submission(order: FilingOrder) -> datetime:
    return end_of_working_day(order, setting("bureau.submit_working_days", order.province))


def _bureau_review(order: FilingOrder) -> datetime:
    return end_of_working_day(order, setting("bureau.review_working_days", order.province))


def _sms_verification(order: FilingOrder) -> datetime:
    return clock.now() + timedelta(hours=setting("sms.code_hours", order.province))


def _sms_reminder(order: FilingOrder) -> datetime | None:
    limit = setting("sms.code_hours", order.province)
    end = order.due_at or clock.now() + timedelta(hours=limit)
    times = sorted(end - timedelta(hours=left) for left in setting("sms.reminder_hours_left"))
    return next((moment for moment in times if moment > clock.now()), None)


def _lease(order: FilingOrder) -> datetime | None:
    return order.lease_until


def never_expires(order: FilingOrder) -> bool:
    return not setting("order.idle_days", order.province)


def _idle_expiry(order: FilingOrder) -> datetime | None:
    days = setting("order.idle_days", order.province)
    return clock.now() + timedelta(days=days) if days else None


def _idle_reminder(order: FilingOrder) -> datetime | None:
    return next_idle_reminder(order, since=clock.now())


def next_idle_reminder(order: FilingOrder, since: datetime) -> datetime | None:
    """The next day of silence, counted from `since`, on which we remind; None after the last."""
    limit = setting("order.idle_days", order.province)
    for days in sorted(setting("order.idle_reminder_days")):
        moment = since + timedelta(days=days)
        if moment > clock.now() and days < limit:
            return moment
    return None


def _public_security_reminder(order: FilingOrder) -> datetime | None:
    """The next of the days after filing on which we remind; None after the last."""
    for days in sorted(setting("after.public_security_reminder_days")):
        moment = order.state_entered_at + timedelta(days=days)
        if moment > clock.now():
            return moment
    return None


def silent_since(order: FilingOrder, expiry: Deadline) -> datetime:
    """The applicant's last act, told back from the day the order would expire."""
    return expiry.due_at - timedelta(days=setting("order.idle_days", order.province))


# Kinds whose time is the order's own due date; the others only remind or release.
MAIN: dict[str, Callable[[FilingOrder], datetime | None]] = {
    "initial_review": _initial_review,
    "bureau_submission": _bureau_submission,
    "sms_verification": _sms_verification,
    "bureau_review": _bureau_review,
    "idle_expiry": _idle_expiry,
}
SIDE: dict[str, Callable[[FilingOrder], datetime | None]] = {
    "sms_reminder": _sms_reminder,
    "idle_reminder": _idle_reminder,
    "lease": _lease,
    "review_warning": _review_warning,
    "public_security_reminder": _public_security_reminder,
}


def start(order: FilingOrder, kinds: tuple[str, ...]) -> None:
    """Open the deadlines of `kinds` and put the main one on the order (not saved here)."""
    if _was_switched_off(order, kinds):
        cancel_deadlines(order.pk, *kinds)
    set_deadlines(order.pk, dict(_moments(order, kinds)))


def start_together(orders: Iterable[FilingOrder], kinds: tuple[str, ...]) -> None:
    """What `start` does for each, in a few statements a kind."""
    planned: dict[str, dict[UUID, datetime]] = defaultdict(dict)
    switched_off = []
    for order in orders:
        if _was_switched_off(order, kinds):
            switched_off.append(order.pk)
        for kind, moment in _moments(order, kinds):
            planned[kind][order.pk] = moment
    cancel_deadlines_of(switched_off, *kinds)
    for kind, moments in planned.items():
        set_deadlines_of(kind, moments)


def _was_switched_off(order: FilingOrder, kinds: tuple[str, ...]) -> bool:
    """An operator took the limit away since it was set."""
    mains = [kind for kind in kinds if kind in MAIN]
    return order.due_at is not None and any(MAIN[kind](order) is None for kind in mains)


def _moments(order: FilingOrder, kinds: tuple[str, ...]) -> Iterator[tuple[str, datetime]]:
    """The main one first and put on the order: reminders count back from it."""
    for kind in sorted(kinds, key=lambda kind: kind not in MAIN):
        moment = MAIN[kind](order) if kind in MAIN else SIDE[kind](order)
        if kind in MAIN:
            order.due_at = moment
        if moment is not None:
            yield kind, moment


def restart_idle(order: FilingOrder) -> None:
    """The applicant did something: the days of silence begin again."""
    start(order, ("idle_reminder", "idle_expiry"))
