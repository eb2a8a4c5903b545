"""What was posted after the session had ended: kept, encrypted, until the same person is back."""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from beian import clock
from beian.crypto.provider import DecryptionFailed
from beian.crypto.text import decrypt_text, encrypt_text
from beian.masking import mask_mail, mask_phone
from beian.site_settings import setting
from beian.unsent_files import forget_files, keep_files, names_of, put_back

_KEY = "unsent"
_CONTEXT = "session.unsent"
# Goes along when the kept form is sent after all.
MARKER = "unsent"
# Each form has its own anew; codes and passwords are not kept anywhere.
_NEW_EACH_TIME = frozenset({"csrfmiddlewaretoken", "idempotency_key", MARKER})
_SECRET = ("code", "password", "token")
# What a page sends by itself, and which button was pressed: an act of one click has nothing else.
_NOT_TYPED = frozenset({"version", "action", "answer", "delete", "notice", "language", "next"})
# Ticks, and codes of choices and of things, say nothing to a reader.
_CODE = re.compile(r"[a-z_]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
_LONG_NUMBER = re.compile(r"[0-9][0-9A-Za-z-]{4,}[0-9A-Za-z]")


@dataclass(frozen=True)
class Unsent:
    """One form: where it was posted, its pairs of name and value, and the page it was on."""

    user_id: int
    action: str
    page: str
    pairs: list[tuple[str, str]]
    # Ids of its files, and whether some were too large to be kept.
    files: list[str]
    lost_files: bool
    kept_at: float = field(default_factory=lambda: clock.now().timestamp())

    @property
    def place(self) -> str:
        """The page's address below ours."""
        return urlsplit(self.page).path

    @property
    def typed(self) -> list[str]:
        """What the person entered, with numbers and addresses of persons masked."""
        values = (value.strip() for name, value in self.pairs if name not in _NOT_TYPED)
        return [_masked(value) for value in values if value and not _CODE.fullmatch(value)]

    @property
    def file_names(self) -> list[str]:
        """What the person called the files that were chosen."""
        return names_of(self.files)

    @property
    def is_over(self) -> bool:
        life = timedelta(minutes=setting("session.unsent_minutes")).total_seconds()
        return clock.now().timestamp() - self.kept_at > life


def _masked(value: str) -> str:
    value = _MAIL.sub(lambda found: mask_mail(found[0]), value)
    return _LONG_NUMBER.sub(lambda found: mask_phone(found[0]), value)


def _pairs_of(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NEW_EACH_TIME and not name.endswith(_SECRET)
        for value in values
    ]


def has_typed(request: HttpRequest) -> bool:
    """Whether there is anything to keep; a decision of one click is never sent later."""
    return bool(request.FILES) or any(
        value.strip() for name, value in _pairs_of(request) if name not in _NOT_TYPED
    )


def keep_unsent(request: HttpRequest, user_id: int) -> bool:
    """Keep the posted form in the session that follows; False if there is too much of it."""
    pairs = _pairs_of(request)
    if sum(len(name) + len(value) for name, value in pairs) > setting("session.unsent_characters"):
        return False
    files = keep_files(request)
    lost = len(files) < sum(len(each) for _name, each in request.FILES.lists())
    page, action = page_of(request), request.get_full_path()
    unsent = Unsent(user_id, action, page, pairs, files, lost)
    request.session[_KEY] = encrypt_text(json.dumps(asdict(unsent)), _CONTEXT)
    return True


def unsent_of(request: HttpRequest) -> Unsent | None:
    """What this person had posted last, if not too long ago."""
    token = request.session.get(_KEY)
    if token is None:
        return None
    try:
        unsent = Unsent(**json.loads(decrypt_text(token, _CONTEXT)))
    except (DecryptionFailed, TypeError, ValueError):
        return None  # kept under a key retired since, or by another version of the product
    return None if unsent.is_over or unsent.user_id != request.user.pk else unsent


def bring_files(request: HttpRequest) -> None:
    """A kept form that is sent after all brings the files that were chosen with it."""
    unsent = unsent_of(request) if MARKER in request.POST else None
    if unsent is not None and unsent.action == request.get_full_path():
        put_back(request, unsent.files)


def forget_unsent(request: HttpRequest) -> None:
    """Once it arrived; whatever was wrong with it is on the page that answers."""
    if MARKER in request.POST:
        unsent = unsent_of(request)
        if unsent is not None:
            forget_files(unsent.files)
        request.session.pop(_KEY, None)


def page_of(request: HttpRequest) -> str:
    """Where the form stood; some addresses answer posts only."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if not is_ours:
        return request.get_full_path()
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
