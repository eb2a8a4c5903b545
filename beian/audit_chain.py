"""The hashes of the trail: one over each row's content, one over each seal and the seal before.

Keyed with the digest key, which is not in the database: who owns the tables and has no keys
cannot make a seal that fits.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Field, Model, TextField
from django.db.models.functions import Cast

from beian.crypto.fields import EncryptedTextField
from beian.crypto.keys import digest_key
from beian.crypto.provider import DecryptionFailed
from beian.crypto.text import decrypt_text
from beian.models import AuditSeal

_ID_BYTES = 8
_MARK_BYTES = _ID_BYTES + hashlib.sha256().digest_size
# Rows read from the database at once.
_CHUNK = 500

Mark = tuple[int, bytes]


def covered_columns(model: type[Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields]


def marks_of(
    model: type[Model],
    columns: Sequence[str],
    *,
    after: int | None,
    last: int,
    limit: int | None = None,
) -> Iterator[Mark]:
    """Id and hash of each row after `after`, up to `last`, in the order of their ids."""
    fields = {field.column: field for field in model._meta.local_concrete_fields}
    rows = model._base_manager.filter(pk__lte=last).order_by("pk")
    rows = rows if after is None else rows.filter(pk__gt=after)
    # As they lie in the database: one that does not open must not end the reading.
    encrypted = [fields[name] for name in columns if isinstance(fields[name], EncryptedTextField)]
    tokens = {f"token_{field.column}": Cast(field.attname, TextField()) for field in encrypted}
    names = [
        f"token_{name}" if fields[name] in encrypted else fields[name].attname for name in columns
    ]
    key = digest_key()
    rows = rows.annotate(**tokens).values_list("pk", *names)[:limit]
    for pk, *values in rows.iterator(_CHUNK):
        pairs = zip(columns, values, strict=True)
        content = {name: _said(fields[name], value) for name, value in pairs}
        yield pk, _keyed(key, [model._meta.db_table, content]).digest()


def _said(field: Field, value: Any) -> object:
    if isinstance(field, EncryptedTextField) and value:
        # What it says: a new master key changes the token.
        try:
            return decrypt_text(value, field.context())
        except (DecryptionFailed, ValueError, LookupError):  # the last two: no token at all
            return {"does not open": value}
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _keyed(key: bytes, content: object) -> "hmac.HMAC":
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hmac.new(key, b"audit-chain:" + text.encode(), hashlib.sha256)


def packed(marks: Sequence[Mark]) -> bytes:
    return b"".join(pk.to_bytes(_ID_BYTES, "big", signed=True) + mark for pk, mark in marks)


def unpacked(content: bytes) -> dict[int, bytes]:
    found = {}
    for start in range(0, len(content), _MARK_BYTES):
        piece = content[start : start + _MARK_BYTES]
        found[int.from_bytes(piece[:_ID_BYTES], "big", signed=True)] = piece[_ID_BYTES:]
    return found


def hash_of(seal: AuditSeal) -> str:
    content = {
        "number": seal.number,
        "table": seal.table,
        "columns": seal.columns,
        "after": seal.after_id,
        "last": seal.last_id,
        "count": seal.row_count,
        "marks": base64.b64encode(bytes(seal.marks)).decode(),
        "at": seal.sealed_at.astimezone(UTC).isoformat(),
        "previous": seal.previous_hash,
    }
    return _keyed(digest_key(), content).hexdigest()
