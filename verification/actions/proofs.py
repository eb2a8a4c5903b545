"""Which contacts of an owner answered a code."""

from collections.abc import Iterable
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


def proved_of(owner: UUID, contacts: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (channel, address) that were proved for `owner`, in one query."""
    by_digest = {
        (channel, _address_digest(channel, address)): (channel, address)
        for channel, address in contacts
        if address
    }
    if not by_digest:
        return set()
    rows = ContactProof.objects.filter(
        owner=owner, address_digest__in=[digest_ for _channel, digest_ in by_digest]
    )
    found = set(rows.values_list("channel", "address_digest"))
    return {contact for key, contact in by_digest.items() if key in found}
