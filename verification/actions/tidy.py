"""Portal codes that are long dead."""

from datetime import timedelta

from beian import clock
from verification.models import ContactCode

# For a day a code that is typed too late is still called expired, and not unknown.
_KEPT = timedelta(days=1)


def tidy() -> int:
    """Delete codes that ended more than a day ago; returns how many."""
    deleted, _rows = ContactCode.objects.filter(expires_at__lt=clock.now() - _KEPT).delete()
    return deleted
