"""Which contacts of an owner answered a code."""

from uuid import UUID

from beian import clock
from beian.crypto.digests import digest
from beian.enums import Channel
from verification.models import ContactProof


def _address_digest(channel: str, address: str) -> str:
    return digest("mail" if channel == Channel.MAIL else "phone", address)


def prove_contact(owner: UUID, channel: str, address: str) -> ContactProof:
    """Keep that `address` answered a code for `owner` (an order's id)."""
    proof, _created = ContactProof.objects.get_or_create(
        owner=owner,
        channel=channel,
        address_digest=_address_digest(channel, address),
        defaults={"proved_at": clock.now()},
    )
    return proof


def is_proved(owner: UUID, channel: str, address: str) -> bool:
    """Whether exactly this address was proved for `owner`: a changed one counts as new."""
    if not address:
        return False
    rows = ContactProof.objects.filter(owner=owner, channel=channel)
    return rows.filter(address_digest=_address_digest(channel, address)).exists()
