"""What a browser may see without an account: a person's truthfulness check, for a short time.

The session keeps opaque ids, one grant per check: two persons may use one phone after each other,
and each page names the check it is about. A grant lives as long as the link it came by is the
newest: a refreshed QR code or a later opening ends it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from beian import clock
from beian.site_settings import setting
from verification.models import TruthfulnessCheck, TruthfulnessLink

_GRANTS = "face_grants"


@dataclass(frozen=True)
class FaceGrant:
    """The check a link was opened for, and by which way the link came."""

    check: TruthfulnessCheck
    channel: str


def _living(session: SessionBase) -> dict[str, dict[str, Any]]:
    now = clock.now().timestamp()
    grants = session.get(_GRANTS, {})
    return {check: grant for check, grant in grants.items() if grant["until"] > now}


def give(session: SessionBase, link: TruthfulnessLink) -> None:
    """Let this browser act as the person; the session's key changes, as on a sign-in."""
    session.cycle_key()
    end = clock.now() + timedelta(minutes=setting("public_form.grant_minutes"))
    grant = {"link": str(link.pk), "until": end.timestamp()}
    session[_GRANTS] = _living(session) | {str(link.check_row_id): grant}


def granted(session: SessionBase, check_id: UUID) -> FaceGrant | None:
    """The check, if this browser may act on it now; one that is over while a photo is kept."""
    grant = _living(session).get(str(check_id))
    if grant is None:
        return None
    rows = TruthfulnessLink.objects.filter(pk=grant["link"], replaced_at=None)
    rows = rows.select_related("check_row__photo", "check_row__meeting")
    link = rows.first()
    if link is None or not link.check_row.is_reachable:
        return None
    return FaceGrant(link.check_row, link.channel)


def checks_in(session: SessionBase) -> list[str]:
    """The ids of the checks that were opened in this browser and not closed or timed out."""
    return list(_living(session))


def drop(session: SessionBase, check_id: UUID) -> None:
    grants = _living(session)
    grants.pop(str(check_id), None)
    session[_GRANTS] = grants
