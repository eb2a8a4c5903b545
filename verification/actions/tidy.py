"""Portal codes and truthfulness links that are long dead."""

from datetime import timedelta

from beian import clock
from beian.site_settings import setting
from verification.models import ContactCode, TruthfulnessLink

# For a day a code that is typed too late is still called expired, and not unknown.
_KEPT = timedelta(days=1)


def tidy() -> int:
    """Delete codes that ended more than a day ago, and links after their days; returns how many."""
    now = clock.now()
    codes, _rows = ContactCode.objects.filter(expires_at__lt=now - _KEPT).delete()
    kept = timedelta(days=setting("truthfulness.link_keep_days"))
    links, _rows = TruthfulnessLink.objects.filter(expires_at__lt=now - kept).delete()
    return codes + links
