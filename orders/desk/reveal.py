"""Looking at one masked value in full: with a reason, within a limit, written into the audit trail.

The value is never in an address or a session. What travels is a token good for one page view.
"""

import secrets
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from beian import clock, limits
from beian.actors import Actor
from beian.audit import record_audit
from beian.site_settings import setting
from orders.desk.case_fields import is_personal
from orders.dossier import PathError, get_value
from orders.models import FilingOrder, Submission
from orders.staff_notices import queue_reveal_limit
from orders.workflow import Refused

PURPOSES = {
    "compare": _("与证件核对"),
    "call": _("电话核验"),
    "bureau": _("答复管局询问"),
    "applicant": _("答复申请人询问"),
}
SCOPE = "reveal"
_SESSION_KEY = "reveal_tokens"


@dataclass(frozen=True)
class Revealed:
    """A value to be shown once."""

    path: str
    value: str
    seconds: int


def may_be_revealed(submission: Submission, path: str) -> bool:
    """Whether `path` is a masked value of the submission that holds anything."""
    try:
        nature = submission.dossier.subject.nature
        return is_personal(path, nature) and bool(get_value(submission.dossier, path))
    except PathError:
        return False


def grant_reveal(
    actor: Actor,
    *,
    order: FilingOrder,
    path: str,
    purpose: str,
    session: MutableMapping,
    request: HttpRequest | None = None,
) -> str:
    """Record the look and return its token; raises Refused or beian.limits.LimitReached."""
    submission = order.submission
    if purpose not in PURPOSES or not may_be_revealed(submission, path):
        raise Refused("reveal", str(_("这个字段没有可以显示的完整内容。")))
    limit = setting("reveal.per_hour")
    try:
        limits.hit(SCOPE, str(actor.user_id), limit=limit, window=timedelta(hours=1))
    except limits.LimitReached:
        record_audit(
            actor, "reveal", obj=order, field=path, purpose=purpose, result="limit", request=request
        )
        queue_reveal_limit(actor, limit)
        raise
    record_audit(actor, "reveal", obj=order, field=path, purpose=purpose, request=request)
    token = secrets.token_urlsafe(16)
    until = (clock.now() + timedelta(seconds=setting("reveal.shown_seconds"))).timestamp()
    session[_SESSION_KEY] = {**_live(session), token: [str(order.pk), path, until]}
    return token


def _live(session: MutableMapping) -> dict[str, list]:
    now = clock.now().timestamp()
    return {key: row for key, row in session.get(_SESSION_KEY, {}).items() if row[2] > now}


def take_revealed(
    session: MutableMapping, order_id: UUID, submission: Submission, token: str
) -> Revealed | None:
    """What `token` was granted for, once; None when it was used before, is old or not yours."""
    rows = _live(session)
    row = rows.pop(token, None)
    if row is None or row[0] != str(order_id):
        return None
    session[_SESSION_KEY] = rows
    value = str(get_value(submission.dossier, row[1]))
    return Revealed(row[1], value, setting("reveal.shown_seconds"))
