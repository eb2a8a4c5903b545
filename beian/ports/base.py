"""What a provider of each port promises.

Only workers call them, so a call may take seconds; after a minute it has to have given up, because
somebody else tries then.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class DeliveryFailed(Exception):
    """The other side did not take it; trying again is safe. `reason` holds no personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SmsSender(Protocol):
    def send(self, *, message_id: str, recipient: str, sender: str, text: str) -> None:
        """Send one text message; a repeated `message_id` is sent once. Raises DeliveryFailed."""


class MailSender(Protocol):
    def send(self, *, message_id: str, recipient: str, subject: str, text: str) -> None:
        """Send one mail; a repeated `message_id` is sent once. Raises DeliveryFailed."""


@dataclass(frozen=True)
class RealNameAnswer:
    """`result` is match, mismatch or unavailable."""

    result: str
    reason: str = ""


class RealNameChecker(Protocol):
    def check(self, *, request_id: str, name: str, cert_number: str) -> RealNameAnswer:
        """Compare a name with a certificate number. Raises DeliveryFailed."""


@dataclass(frozen=True)
class FaceAnswer:
    """`result` is pass, fail or unavailable; `score` 0 to 100; `reasons` say why it failed."""

    result: str
    score: int | None = None
    reasons: tuple[str, ...] = ()


class FaceChecker(Protocol):
    def check(self, *, request_id: str, name: str, cert_number: str, photo: bytes) -> FaceAnswer:
        """Compare a face (JPEG) with the person of a certificate; nothing is kept there.

        A repeated `request_id` gives the same answer. Raises DeliveryFailed.
        """


@dataclass(frozen=True)
class InventoryItem:
    """One cloud resource; `months_total` counts renewals, `expires_on` is a date in Shanghai."""

    ref: str
    name: str
    kind: str
    region: str
    region_label: str
    public_ips: tuple[str, ...]
    is_prepaid: bool
    is_mainland: bool
    turned_into_codes: bool
    months_total: int
    expires_on: date | None
    known_use_count: int


class Inventory(Protocol):
    def resources(self, *, account_ref: str) -> list[InventoryItem]:
        """Everything the account owns, eligible or not. Raises DeliveryFailed."""
