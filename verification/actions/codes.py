"""Portal codes: proof that somebody reads a phone or a mailbox.

Ours, not the ministry's (those follow other rules): six digits, ten minutes, the newest
one only, once. Every figure is a site setting `code.*`.
"""

import hmac
import secrets
import uuid
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian import clock
from beian.actions.message_erasure import code_event
from beian.actions.notices import Message, queue_notice
from beian.crypto.digests import digest
from beian.enums import Channel
from beian.lazy_text import LazyText
from beian.limits import hit
from beian.models import Account
from beian.site_settings import setting
from verification.code_texts import code_message
from verification.models import ContactCode

HOUR = timedelta(hours=1)
WRONG: dict[str, LazyText] = {
    Channel.SMS: gettext_lazy("短信验证码不正确，请输入最新一条短信中的验证码"),
    Channel.MAIL: gettext_lazy("邮件验证码不正确，请输入最新一封邮件中的验证码"),
}


class CodeRefused(Exception):
    """`code` is wrong or dead; `reason` is the sentence for the page."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def _key(purpose: str, channel: str, address: str, owner: UUID | None) -> str:
    address_digest = digest("mail" if channel == Channel.MAIL else "phone", address)
    return digest("code-key", f"{purpose}|{channel}|{address_digest}|{owner or ''}")


def _digest_of(key: str, code: str) -> str:
    return digest("code", f"{key}|{code}")


def _count_send(
    key: str, channel: str, address: str, account: Account | None, source_address: str | None
) -> None:
    wait = setting("code.resend_seconds")
    if wait:
        hit("code.resend", key, limit=1, window=timedelta(seconds=wait))
    if source_address:
        limit = setting("code.sends_per_address_hour")
        hit("code.source", source_address, limit=limit, window=HOUR)
    if account is not None:
        limit = setting("code.sends_per_account_hour")
        hit("code.account", str(account.pk), limit=limit, window=HOUR)
    recipient = f"{channel}|{digest('mail' if channel == Channel.MAIL else 'phone', address)}"
    hit("code.recipient", recipient, limit=setting("code.sends_per_hour"), window=HOUR)


@transaction.atomic
def _open(
    *,
    purpose: str,
    channel: str,
    key: str,
    code: str,
    address: str,
    message: Message,
    owner: UUID | None = None,
) -> None:
    now = clock.now()
    ContactCode.objects.update_or_create(
        key_digest=key,
        defaults={
            "purpose": purpose,
            "channel": channel,
            "code_digest": _digest_of(key, code),
            "sent_at": now,
            "expires_at": now + timedelta(minutes=setting("code.minutes")),
            "attempt_count": 0,
            "used_at": None,
        },
    )
    queue_notice(
        event_key=f"{code_event(owner)}{uuid.uuid4()}",
        channel=Channel(channel),
        recipient=address,
        message=message,
    )


def _new_code() -> str:
    digits = setting("code.digits")
    return f"{secrets.randbelow(10**digits):0{digits}d}"


def send_code(
    *,
    purpose: str,
    channel: str,
    address: str,
    account: Account | None = None,
    source_address: str | None = None,
    owner: UUID | None = None,
) -> None:
    """Send a fresh code for `purpose` (CodePurpose) to `address` by Channel.SMS or Channel.MAIL.

    `owner` binds the code to one order. An older code for the same thing dies. Raises LimitReached.
    """
    key = _key(purpose, channel, address, owner)
    _count_send(key, channel, address, account, source_address)
    code = _new_code()
    message = code_message(purpose, code)
    _open(
        purpose=purpose,
        channel=channel,
        key=key,
        code=code,
        address=address,
        message=message,
        owner=owner,
    )


def last_sent_at(
    *, purpose: str, channel: str, address: str, owner: UUID | None = None
) -> datetime | None:
    """When the newest code for this was sent; None if there is none or it was used."""
    key = _key(purpose, channel, address, owner)
    rows = ContactCode.objects.filter(key_digest=key, used_at=None)
    return rows.values_list("sent_at", flat=True).first()


def send_text_instead(
    *, text: str, purpose: str, channel: str, address: str, source_address: str | None = None
) -> None:
    """Do all that `send_code` does, but say `text` instead of a code that nobody learns.

    So that the pages, their limits and their timing are the same whether an account exists or not.
    """
    key = _key(purpose, channel, address, None)
    _count_send(key, channel, address, None, source_address)
    code, message = _new_code(), code_message(text)
    _open(purpose=purpose, channel=channel, key=key, code=code, address=address, message=message)


def _take_attempt(row: ContactCode) -> bool:
    """Count an attempt before looking at it, so that parallel guesses get no extra tries."""
    # Durable: an attempt that a caller's rollback undoes would be a free guess.
    with transaction.atomic(durable=True):
        open_rows = ContactCode.objects.filter(
            pk=row.pk,
            sent_at=row.sent_at,
            used_at=None,
            expires_at__gt=clock.now(),
            attempt_count__lt=setting("code.wrong_attempts"),
        )
        return bool(open_rows.update(attempt_count=F("attempt_count") + 1))


def _use(row: ContactCode) -> bool:
    rows = ContactCode.objects.filter(pk=row.pk, sent_at=row.sent_at, used_at=None)
    return bool(rows.update(used_at=clock.now()))


def _why_closed(row: ContactCode) -> CodeRefused:
    if row.used_at is None and row.expires_at <= clock.now():
        return CodeRefused("expired", _("验证码已过期，请重新获取验证码"))
    row.refresh_from_db()
    if row.used_at is None and row.attempt_count >= setting("code.wrong_attempts"):
        return CodeRefused("too_many", _("验证码输错次数过多，已失效，请重新获取验证码"))
    return CodeRefused("none", _("该验证码已使用或已失效，请重新获取验证码"))


def check_code(
    *, purpose: str, channel: str, address: str, code: str, owner: UUID | None = None
) -> None:
    """Use up the code, once; raises CodeRefused. Not to be called inside a transaction."""
    key = _key(purpose, channel, address, owner)
    row = ContactCode.objects.filter(key_digest=key).first()
    if row is None:
        raise CodeRefused("none", _("请先获取验证码"))
    if not _take_attempt(row):
        raise _why_closed(row)
    if not hmac.compare_digest(row.code_digest, _digest_of(key, code)):
        raise CodeRefused("wrong", str(WRONG[channel]))
    if not _use(row):
        raise CodeRefused("none", _("该验证码已使用或已失效，请重新获取验证码"))
