"""Messages past their term: what was said to whom is not kept for ever."""

from datetime import timedelta

from django.db.models import QuerySet

from beian import clock
from beian.actions.retention import Keys, erase_past_term
from beian.enums import NoticeState
from beian.models import Notice
from beian.site_settings import setting

_WAITING = (NoticeState.QUEUED, NoticeState.SENDING)


def notices_past_term() -> QuerySet[Notice]:
    """Sent, or failed for good, and written longer ago than messages are kept."""
    limit = clock.now() - timedelta(days=setting("retention.notice_days"))
    return Notice.objects.filter(created_at__lte=limit).exclude(state__in=_WAITING)


def erase_notices() -> int:
    rows = notices_past_term()

    def erase(keys: Keys) -> int:
        return rows.filter(pk__in=keys).delete()[0]

    return erase_past_term("erase_notices", rows, erase)
