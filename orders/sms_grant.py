"""What a browser may see without an account: one person's verification, for a short time.

The session keeps an opaque id. What was typed is kept encrypted, for the next page only.
"""

import json
from datetime import timedelta

from django.contrib.sessions.backends.base import SessionBase

from beian import clock
from beian.crypto.provider import DecryptionFailed
from beian.crypto.text import decrypt_text, encrypt_text
from beian.site_settings import setting
from verification.models import SmsChallenge

_GRANT, _TYPED = "sms_grant", "sms_typed"
_CONTEXT = "session.sms_typed"


def give(session: SessionBase, challenge: SmsChallenge) -> None:
    """Let this browser see the verification; the session's key changes, as on a sign-in."""
    session.cycle_key()
    end = clock.now() + timedelta(minutes=setting("public_form.grant_minutes"))
    session[_GRANT] = {"challenge": str(challenge.pk), "until": end.timestamp()}


def granted(session: SessionBase) -> SmsChallenge | None:
    """The verification this browser may see now: the newest one of the same mobile and order."""
    grant = session.get(_GRANT)
    if grant is None or grant["until"] <= clock.now().timestamp():
        return None
    known = SmsChallenge.objects.filter(pk=grant["challenge"]).first()
    if known is None:
        return None
    same = SmsChallenge.objects.filter(owner=known.owner, mobile_digest=known.mobile_digest)
    return same.order_by("-opened_at").first()


def drop(session: SessionBase) -> None:
    session.pop(_GRANT, None)
    session.pop(_TYPED, None)


def keep_typed(session: SessionBase, values: dict) -> None:
    """Carry what was typed, and what was wrong with it, over the redirect."""
    session[_TYPED] = encrypt_text(json.dumps(values), _CONTEXT)


def take_typed(session: SessionBase) -> dict:
    """What `keep_typed` kept, once; {} if nothing."""
    token = session.pop(_TYPED, None)
    try:
        return json.loads(decrypt_text(token, _CONTEXT)) if token else {}
    except DecryptionFailed:
        return {}  # typed under a key that has been retired since
