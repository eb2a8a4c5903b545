"""A data key whose master key is not in the keys folder, as on a machine set up wrongly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from beian.models.data_key import DataKey

OTHER_ID = b"k99"


@contextmanager
def key_not_mounted(owner: UUID) -> Iterator[None]:
    """The token of the owner's data key names another master key for the time of the block."""
    rows = DataKey.objects.filter(owner=owner)
    wrapped = bytes(rows.get().wrapped)
    after_id = 2 + wrapped[1]
    rows.update(wrapped=wrapped[:1] + bytes([len(OTHER_ID)]) + OTHER_ID + wrapped[after_id:])
    yield
    rows.update(wrapped=wrapped)
