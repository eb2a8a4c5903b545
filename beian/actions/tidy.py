"""Rows that have done their work: old keys of posts, spent counters, ended sessions, old inbox."""

from datetime import timedelta
from importlib import import_module

from django.conf import settings

from beian import clock
from beian.actions.heartbeats import forget_old_holders
from beian.actions.staff_notices import tidy_staff_notices
from beian.limits import LONGEST_WINDOW
from beian.models import AttemptBucket, IdempotencyKey
from beian.site_settings import setting
from beian.unsent_files import tidy_unsent_files


def tidy() -> int:
    """Delete what nobody will look at again; returns how many rows, sessions not counted."""
    now = clock.now()
    keys = IdempotencyKey.objects.filter(
        created_at__lt=now - timedelta(hours=setting("idempotency.keep_hours"))
    )
    buckets = AttemptBucket.objects.filter(window_start__lt=now - LONGEST_WINDOW)
    # Sessions end by the machine's clock, so their store decides which are over.
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    others = forget_old_holders() + tidy_staff_notices() + tidy_unsent_files()
    return keys.delete()[0] + buckets.delete()[0] + others
