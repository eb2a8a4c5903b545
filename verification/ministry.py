"""The built-in simulated ministry: makes codes, compares entries, words the message.

In production the ministry itself does this and its results come through the bureau's port.
"""

import secrets
import tomllib
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from beian import clock
from beian.actions.notices import Addressed, Message, queue_notices_of
from beian.crypto.digests import digest
from beian.enums import Channel
from beian.site_settings import setting
from verification.models import SmsChallenge

FILE = Path(__file__).parent / "data" / "ministry_texts.toml"
# The ministry's page asks for the last six characters of the certificate number.
TAIL_LENGTH = 6


def new_code() -> str:
    """Decimal digits, as many as sms.code_digits says."""
    return "".join(secrets.choice("0123456789") for _place in range(setting("sms.code_digits")))


def code_digest(challenge: SmsChallenge, code: str) -> str:
    return digest("code", f"{challenge.pk}:{code}")


def tail_digest(challenge: SmsChallenge, cert_number_or_tail: str) -> str:
    tail = cert_number_or_tail[-TAIL_LENGTH:]
    return digest("certificate", f"{challenge.pk}:{tail}")


@lru_cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"


def send_codes(sent: Iterable[tuple[SmsChallenge, str]]) -> None:
    """Queue the messages of these sends; must run in the transaction that stored their digests."""
    queue_notices_of(
        (_event_key(challenge), challenge.owner, _message(challenge, code))
        for challenge, code in sent
    )


def _event_key(challenge: SmsChallenge) -> str:
    return f"sms-challenge:{challenge.pk}:{challenge.send_count}"


def _message(challenge: SmsChallenge, code: str) -> Addressed:
    facts = {
        "code": code,
        "number": challenge.reference,
        "due": _moment(challenge.due_at),
        "link": setting("site.public_url"),
        "digits": TAIL_LENGTH,
    }
    row = _texts()["code"]
    message = Message(
        template="ministry_code",
        body="\n".join(row[language].format(**facts) for language in ("zh", "en")),
        is_secret=True,
        sender=setting("sms.sender"),
    )
    return Addressed(Channel.SMS, challenge.mobile, message)
