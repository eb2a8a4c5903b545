"""Times of today without their date."""

from datetime import datetime

from beian import clock
from beian.dates import moment_text


def time_text(moment: datetime) -> str:
    """14:02 for a moment of today in Shanghai, 11月23日 14:02 for another day."""
    there = moment.astimezone(clock.SHANGHAI)
    return f"{there:%H:%M}" if there.date() == clock.today() else moment_text(moment)
