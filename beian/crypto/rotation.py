"""A new master key or cipher suite, and everything that hangs on an old one moved under it.

Old keys stay readable until nothing needs them, so a run may be interrupted and called again.
What hangs directly on a master key: wrapped data keys, and columns of EncryptedTextField.
"""

import base64
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from beian.models.data_key import DataKey

from . import provider
from .datakey import rewrap
from .fields import EncryptedTextField
from .keys import MasterKeys, master_keys
from .text import decrypt_text, encrypt_text

BATCH = 500


def add_key(folder: Path) -> str:
    """Add a fresh master key and make it the current one; returns its id."""
    stored = _read(folder)
    number = 1 + max(int(name.removeprefix("k")) for name in [*stored["keys"], *_retired(folder)])
    name = f"k{number}"
    stored["keys"][name] = base64.b64encode(os.urandom(provider.KEY_BYTES)).decode()
    _replace(folder / "master.json", {**stored, "current": name})
    return name


def retire_old_keys(folder: Path) -> list[str]:
    """Move all keys but the current one to retired.json, where only older backups need them."""
    stored = _read(folder)
    current = stored["current"]
    old = {name: key for name, key in stored["keys"].items() if name != current}
    # First there, then gone: a power cut in between loses no key.
    _replace(folder / "retired.json", {**_retired(folder), **old})
    _replace(folder / "master.json", {**stored, "keys": {current: stored["keys"][current]}})
    return sorted(old)


def _read(folder: Path) -> dict[str, Any]:
    master_keys()  # made or missed here
    return json.loads((folder / "master.json").read_text())


def _retired(folder: Path) -> dict[str, str]:
    path = folder / "retired.json"
    return json.loads(path.read_text()) if path.exists() else {}


def _replace(path: Path, content: dict[str, Any]) -> None:
    """Running processes see the old file or the new one, never half of it."""
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def move_everything() -> int:
    """Move what hangs on old keys under the current one; returns how many values were moved."""
    keys = master_keys()
    moved = _move_data_keys(keys)
    return moved + sum(_move_texts(model, columns, keys) for model, columns in encrypted_columns())


def _move_data_keys(keys: MasterKeys) -> int:
    rows = DataKey.objects.filter(destroyed_at=None).order_by("owner")
    moved = 0
    for owner, wrapped in rows.values_list("owner", "wrapped").iterator(chunk_size=BATCH):
        token = bytes(wrapped)
        if not provider.is_current(token, keys.current):
            # Conditional: a key that is destroyed meanwhile stays destroyed.
            mine = DataKey.objects.filter(owner=owner, wrapped=wrapped)
            moved += mine.update(wrapped=rewrap(owner, token))
    return moved


def encrypted_columns() -> Iterator[tuple[type[Model], list[EncryptedTextField]]]:
    for model in apps.get_models():
        columns = [f for f in model._meta.local_fields if isinstance(f, EncryptedTextField)]
        if columns and model._meta.managed:
            yield model, columns


def _move_texts(model: type[Model], columns: list[EncryptedTextField], keys: MasterKeys) -> int:
    moved, last = 0, None
    while batch := _batch(model, columns, last):
        last = batch[-1][0]
        old = [
            (row[0], column, token)
            for row in batch
            for column, token in zip(columns, row[1:], strict=True)
            if token and not provider.is_current(base64.b64decode(token), keys.current)
        ]
        if old:
            moved += _move_batch(model, old)
    return moved


def _batch(
    model: type[Model], columns: list[EncryptedTextField], last: Any
) -> list[tuple[Any, ...]]:
    """Keys and tokens of the next rows, as they lie in the database."""
    quote = connection.ops.quote_name
    key = quote(str(model._meta.pk.column))
    names = ", ".join([key, *(quote(str(column.column)) for column in columns)])
    where, values = ("", [BATCH]) if last is None else (f"WHERE {key} > %s", [last, BATCH])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {names} FROM {quote(model._meta.db_table)} "  # noqa: S608  own names
            f"{where} ORDER BY {key} LIMIT %s",
            values,
        )
        return cursor.fetchall()


def _move_batch(model: type[Model], old: list[tuple[Any, EncryptedTextField, str]]) -> int:
    quote = connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    moved = 0
    with _changes_allowed(model._meta.db_table), connection.cursor() as cursor:
        for pk, column, token in old:
            name, place = quote(str(column.column)), column.context()
            cursor.execute(
                # Conditional: somebody may have written a newer value meanwhile.
                f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} = %s",  # noqa: S608
                [encrypt_text(decrypt_text(token, place), place), pk, token],
            )
            moved += cursor.rowcount
    return moved


@contextmanager
def _changes_allowed(table: str) -> Iterator[None]:
    """One transaction in which an append-only table lets itself be encrypted anew.

    PostgreSQL locks the table against writers and SQLite the database, so nobody else gets
    through; it takes the owner of the table, which the portal's own role need not be.
    """
    unguarded = _unguarded_postgresql if connection.vendor == "postgresql" else _unguarded_sqlite
    with transaction.atomic(), unguarded(table):
        yield


@contextmanager
def _unguarded_postgresql(table: str) -> Iterator[None]:
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [table],
        )
        if not cursor.fetchone()[0]:
            yield
            return
        # A row that this transaction has written would leave its check of foreign keys pending,
        # and a table with pending checks cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


@contextmanager
def _unguarded_sqlite(table: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        guards = cursor.fetchall()
        for name, _sql in guards:
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
        yield
        for _name, sql in guards:
            cursor.execute(sql)
