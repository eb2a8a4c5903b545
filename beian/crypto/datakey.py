"""One data key per order (or person): erasing a life means destroying one row."""

import os
from uuid import UUID

from django.db import transaction

from beian import clock
from beian.models.data_key import DataKey

from . import provider
from .keys import master_keys

_WRAP = "data-key"


def _create(owner: UUID) -> DataKey:
    keys = master_keys()
    plain = os.urandom(provider.KEY_BYTES)
    wrapped = provider.seal(keys.current, keys.key(keys.current), plain, f"{_WRAP}:{owner}")
    row, _created = DataKey.objects.get_or_create(owner=owner, defaults={"wrapped": wrapped})
    return row


def _key(owner: UUID, *, create: bool) -> bytes:
    row = DataKey.objects.filter(owner=owner).first()
    if row is None and create:
        row = _create(owner)
    if row is None or row.destroyed_at is not None:
        raise provider.DecryptionFailed(f"the data key of {owner} does not exist any more")
    wrapped = bytes(row.wrapped)
    master = master_keys().key(provider.key_id_of(wrapped))
    return provider.unseal(master, wrapped, f"{_WRAP}:{owner}")


def rewrap(owner: UUID, wrapped: bytes) -> bytes:
    """The same data key under the current master key."""
    keys = master_keys()
    plain = provider.unseal(keys.key(provider.key_id_of(wrapped)), wrapped, f"{_WRAP}:{owner}")
    return provider.seal(keys.current, keys.key(keys.current), plain, f"{_WRAP}:{owner}")


def opens(row: DataKey) -> bool:
    """Whether the mounted master keys open a data key."""
    try:
        _key(row.owner, create=False)
    except provider.DecryptionFailed:
        return False
    return True


def seal(owner: UUID, plain: bytes, context: str) -> bytes:
    """Encrypt under the owner's data key, which is made on first use."""
    return provider.seal("d", _key(owner, create=True), plain, f"{owner}:{context}")


def unseal(owner: UUID, token: bytes, context: str) -> bytes:
    """Open a token of `seal`; raises DecryptionFailed, also after `destroy`."""
    return provider.unseal(_key(owner, create=False), bytes(token), f"{owner}:{context}")


@transaction.atomic
def destroy(owner: UUID) -> None:
    """Make everything sealed for `owner` unreadable for good."""
    DataKey.objects.filter(owner=owner).update(wrapped=b"", destroyed_at=clock.now())
