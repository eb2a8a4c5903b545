"""The built-in simulated ministry: makes codes, compares entries, words the message.

In production the ministry itself does this and its results come through the bureau's port.
"""

import secrets
import tomllib
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from beian import clock
from beian.actions.notices import Message, queue_notice
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


def send_code(challenge: SmsChallenge, code: str) -> None:
    """Queue the message of this send; must run in the transaction that stored the code's digest."""
    facts = {
        "code": code,
        "number": challenge.reference,
        "due": _moment(challenge.due_at),
        "link": setting("site.public_url"),
        "digits": TAIL_LENGTH,
    }
    row = _texts()["code"]
    queue_notice(
        event_key=f"sms-challenge:{challenge.pk}:{challenge.send_count}",
        channel=Channel.SMS,
        recipient=challenge.mobile,
        message=Message(
            template="ministry_code",
            body="\n".join(row[language].format(**facts) for language in ("zh", "en")),
            is_secret=True,
            sender=setting("sms.sender"),
        ),
        order_id=challenge.owner,
    )
