"""What was posted after the session had ended: kept, encrypted, until the same person is back."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from beian import clock
from beian.crypto.provider import DecryptionFailed
from beian.crypto.text import decrypt_text, encrypt_text
from beian.site_settings import setting

_KEY = "unsent"
_CONTEXT = "session.unsent"
# Each form has its own anew; codes and passwords are not kept anywhere.
_NEW_EACH_TIME = frozenset({"csrfmiddlewaretoken", "idempotency_key"})
_SECRET = ("code", "password", "token")


@dataclass(frozen=True)
class Unsent:
    """One form: where it was posted, its pairs of name and value, and the page it was on."""

    user_id: int
    action: str
    page: str
    pairs: list[tuple[str, str]]
    had_files: bool
    kept_at: float = field(default_factory=lambda: clock.now().timestamp())

    @property
    def is_over(self) -> bool:
        life = timedelta(minutes=setting("session.unsent_minutes")).total_seconds()
        return clock.now().timestamp() - self.kept_at > life


def keep_unsent(request: HttpRequest, user_id: int) -> bool:
    """Keep the posted form in the session that follows; False if there is too much of it."""
    pairs = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEW_EACH_TIME and not name.endswith(_SECRET)
        for value in values
    ]
    if sum(len(name) + len(value) for name, value in pairs) > setting("session.unsent_characters"):
        return False
    page, action = _page_of(request), request.get_full_path()
    unsent = Unsent(user_id, action, page, pairs, had_files=bool(request.FILES))
    request.session[_KEY] = encrypt_text(json.dumps(asdict(unsent)), _CONTEXT)
    return True


def unsent_of(request: HttpRequest) -> Unsent | None:
    """What this person had posted last, if not too long ago."""
    token = request.session.get(_KEY)
    if token is None:
        return None
    try:
        unsent = Unsent(**json.loads(decrypt_text(token, _CONTEXT)))
    except DecryptionFailed:
        return None  # kept under a key that has been retired since
    return None if unsent.is_over or unsent.user_id != request.user.pk else unsent


def _page_of(request: HttpRequest) -> str:
    """Where the form stood; some addresses answer posts only."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if is_ours else request.get_full_path()
