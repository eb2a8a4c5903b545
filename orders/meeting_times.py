"""The times a meeting can be asked for: the next working days, each in halves."""

from beian import clock
from beian.site_settings import setting
from orders import working_days
from verification.meeting_times import halves_of


def offered_times() -> list[tuple[str, str]]:
    """(value, label); nobody can be ready today, so the first is the next working day."""
    today, count = clock.today(), setting("truthfulness.meeting_days")
    return halves_of(working_days.add(today, number) for number in range(1, count + 1))
