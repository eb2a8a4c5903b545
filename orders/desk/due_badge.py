"""How urgent a case is: overdue, today, or working days left. Shown on the desk only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beian import clock
from orders import working_days


@dataclass(frozen=True)
class DueBadge:
    label: str
    urgency: Literal["overdue", "today", "plain"]


def due_badge_of(due_at: datetime | None) -> DueBadge:
    """The badge of a due time; a dash for what has none."""
    if due_at is None:
        return DueBadge("—", "plain")
    local = due_at.astimezone(clock.SHANGHAI)
    if due_at < clock.now():
        return DueBadge(_overdue(working_days.between(local.date(), clock.today())), "overdue")
    if local.date() == clock.today():
        return DueBadge(_("今天 %(time)s") % {"time": f"{local:%H:%M}"}, "today")
    days = working_days.between(clock.today(), local.date())
    return DueBadge(ngettext("剩 %(days)d 天", "剩 %(days)d 天", days) % {"days": days}, "plain")


def _overdue(days: int) -> str:
    if not days:
        return _("已逾期")
    return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", days) % {"days": days}
