"""One data key per order (or person): erasing a life means destroying one row."""

import os
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, Subquery

from beian import clock
from beian.models.data_key import DataKey

from . import provider
from .keys import master_keys

_WRAP = "data-key"
Sealed = bytes | memoryview


def new_wrapped(owner: UUID) -> bytes:
    """A fresh data key under the current master key, not stored yet."""
    keys = master_keys()
    plain = os.urandom(provider.KEY_BYTES)
    return provider.seal(keys.current, keys.key(keys.current), plain, f"{_WRAP}:{owner}")


def _made(owner: UUID) -> DataKey:
    row, _is_new = DataKey.objects.get_or_create(
        owner=owner, defaults={"wrapped": lambda: new_wrapped(owner)}
    )
    return row


def _key(owner: UUID, *, create: bool) -> bytes:
    row = _made(owner) if create else DataKey.objects.filter(owner=owner).first()
    return _unwrapped(owner, row.wrapped if row is not None and row.destroyed_at is None else b"")


def _unwrapped(owner: UUID, wrapped: Sealed) -> bytes:
    if not wrapped:
        raise provider.DecryptionFailed(f"the data key of {owner} does not exist any more")
    token = bytes(wrapped)
    master = master_keys().key(provider.key_id_of(token))
    return provider.unseal(master, token, f"{_WRAP}:{owner}")


@lru_cache
def wrapped_key_of(owner_column: str) -> Subquery:
    """The wrapped key beside the rows of a query, for `Safe`: a read less for each page."""
    rows = DataKey.objects.filter(owner=OuterRef(owner_column), destroyed_at=None)
    return Subquery(rows.values("wrapped")[:1])


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
    return Safe(owner).seal(plain, context)


def seal_first(owner: UUID, plain: bytes, context: str) -> bytes:
    """Like `seal` for an owner who has no data key yet, without looking for one."""
    row = DataKey.objects.create(owner=owner, wrapped=new_wrapped(owner))
    return Safe(owner, row.wrapped).seal(plain, context)


def unseal(owner: UUID, token: bytes, context: str) -> bytes:
    """Open a token of `seal`; raises DecryptionFailed, also after `destroy`."""
    return Safe(owner).unseal(token, context)


class Safe:
    """Everything sealed for one owner, its key read once: what a page opens several times over.

    Lives no longer than the object it hangs on; a key destroyed meanwhile is gone for the next one.
    """

    def __init__(self, owner: UUID, wrapped: Sealed | None = None) -> None:
        """`wrapped` is the owner's `wrapped_key_of`, where it was read already."""
        self._owner = owner
        self._opened = _unwrapped(owner, wrapped) if wrapped else None

    def seal(self, plain: bytes, context: str) -> bytes:
        """Like the module's `seal`. A key made here is not kept: a rollback would take its row."""
        key = self._opened or _key(self._owner, create=True)
        return provider.seal("d", key, plain, f"{self._owner}:{context}")

    def unseal(self, token: Sealed, context: str) -> bytes:
        """Like the module's `unseal`."""
        if self._opened is None:
            self._opened = _key(self._owner, create=False)
        return provider.unseal(self._opened, bytes(token), f"{self._owner}:{context}")


@transaction.atomic
def destroy(owner: UUID) -> None:
    """Make everything sealed for `owner` unreadable for good."""
    DataKey.objects.filter(owner=owner).update(wrapped=b"", destroyed_at=clock.now())
