"""Reading the messages the product queued, as the holder of a phone or mailbox would."""

import re

from beian.crypto.digests import digest
from beian.models import Notice


def texts_to(address: str) -> list[str]:
    """Bodies of the messages to `address`, oldest first."""
    rows = Notice.objects.filter(recipient_digest=digest("recipient", address))
    return [notice.body for notice in rows.order_by("created_at")]


def code_sent_to(address: str) -> str:
    """The code in the newest message to `address`."""
    found = re.search(r"(?<!\d)\d{6}(?!\d)", texts_to(address)[-1])
    assert found is not None
    return found.group()


def wrong_code(code: str) -> str:
    """Another code of the same shape."""
    return f"{(int(code) + 1) % 10**6:06d}"
