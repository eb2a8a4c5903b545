"""How often something may be done, counted in rows so that every process sees one number."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from beian import clock
from beian.crypto.digests import digest
from beian.models import AttemptBucket

# Older counters are deleted, so no window may be longer.
LONGEST_WINDOW = timedelta(days=1)


class LimitReached(Exception):
    """Too often; `retry_after` is the number of seconds to wait."""

    def __init__(self, scope: str, retry_after: int) -> None:
        super().__init__(f"{scope}: wait {retry_after} s")
        self.scope = scope
        self.retry_after = retry_after

    @property
    def message(self) -> str:
        minutes = max(1, -(-self.retry_after // 60))
        return _("操作过于频繁，请在 %(minutes)d 分钟后再试。") % {"minutes": minutes}


def _take(scope: str, key_digest: str, limit: int, window: timedelta) -> bool:
    now = clock.now()
    rows = AttemptBucket.objects.filter(scope=scope, key_digest=key_digest)
    if rows.filter(window_start__gt=now - window, count__lt=limit).update(count=F("count") + 1):
        return True
    if rows.filter(window_start__lte=now - window).update(window_start=now, count=1):
        return True
    if rows.exists():
        return False
    try:
        with transaction.atomic():
            AttemptBucket.objects.create(
                scope=scope, key_digest=key_digest, window_start=now, count=1
            )
    except IntegrityError:
        # Another request opened the window between the look and the insert.
        return _take(scope, key_digest, limit, window)
    return True


def hit(scope: str, key: str, *, limit: int, window: timedelta) -> None:
    """Count one act of `key` in `scope`; raises LimitReached when `limit` per `window` is spent."""
    if window > LONGEST_WINDOW:
        raise ValueError(f"{scope}: a window of {window} would be forgotten before its end")
    key_digest = digest("limit", key)
    if _take(scope, key_digest, limit, window):
        return
    started = AttemptBucket.objects.get(scope=scope, key_digest=key_digest).window_start
    left = started + window - clock.now()
    raise LimitReached(scope, max(1, int(left.total_seconds()) + 1))


def forget(scope: str, key: str) -> None:
    """Start `key` afresh, for example after a right answer."""
    AttemptBucket.objects.filter(scope=scope, key_digest=digest("limit", key)).delete()
