"""What a browser has begun before sign-in: kept encrypted in its session, never in a URL."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.http import HttpRequest

from beian import clock
from beian.crypto.provider import DecryptionFailed
from beian.crypto.text import decrypt_text, encrypt_text
from beian.masking import mask_phone
from beian.site_settings import setting

_KEY = "pending"
_CONTEXT = "session.pending"


@dataclass(frozen=True)
class Pending:
    """`is_proved`: the code sent to `phone` has been entered.

    Staff have a `user_id` instead, and a proof of the password they entered.
    """

    purpose: str
    phone: str = ""
    next_url: str = ""
    is_proved: bool = False
    user_id: int | None = None
    password_proof: str = ""
    begun_at: float = field(default_factory=lambda: clock.now().timestamp())

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def _is_over(self) -> bool:
        life = timedelta(minutes=setting("session.applicant_idle_minutes")).total_seconds()
        return clock.now().timestamp() - self.begun_at > life


def remember(request: HttpRequest, pending: Pending) -> None:
    request.session[_KEY] = encrypt_text(json.dumps(asdict(pending)), _CONTEXT)


def recall(request: HttpRequest, purpose: str, *, is_proved: bool = False) -> Pending | None:
    """What this browser began for `purpose`, if it got that far and not too long ago."""
    token = request.session.get(_KEY)
    if token is None:
        return None
    try:
        pending = Pending(**json.loads(decrypt_text(token, _CONTEXT)))
    except DecryptionFailed:
        return None  # begun under a key that has been retired since
    fits = pending.purpose == purpose and (pending.is_proved or not is_proved)
    return pending if fits and not pending._is_over else None


def forget(request: HttpRequest) -> None:
    request.session.pop(_KEY, None)
