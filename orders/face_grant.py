"""What a browser may see without an account: one person's truthfulness check, for a short time.

The session keeps opaque ids; consents and photos are bound to the person of the check.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase

from beian import clock
from beian.site_settings import setting
from verification.models import TruthfulnessCheck, TruthfulnessLink

_GRANT = "face_grant"


@dataclass(frozen=True)
class FaceGrant:
    """The check a link was opened for, and by which way the link came."""

    check: TruthfulnessCheck
    channel: str


def give(session: SessionBase, link: TruthfulnessLink) -> None:
    """Let this browser act as the person; the session's key changes, as on a sign-in."""
    session.cycle_key()
    end = clock.now() + timedelta(minutes=setting("public_form.grant_minutes"))
    session[_GRANT] = {
        "check": str(link.check_row_id),
        "channel": str(link.channel),
        "until": end.timestamp(),
    }


def granted(session: SessionBase) -> FaceGrant | None:
    """The check this browser may act on now; None also when that check has ended."""
    grant = session.get(_GRANT)
    if grant is None or grant["until"] <= clock.now().timestamp():
        return None
    rows = TruthfulnessCheck.objects.current().select_related("photo", "meeting")
    check = rows.filter(pk=grant["check"]).first()
    return FaceGrant(check, grant["channel"]) if check else None


def drop(session: SessionBase) -> None:
    session.pop(_GRANT, None)
