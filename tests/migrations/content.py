"""What the rows of a database say once decoded: one digest per row, the same on every database.

A release keeps the digests of its rows; after all later migrations they must come out again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Model

LEFT_OUT = {"django_session"}

Content = dict[str, dict[str, Any]]
"""Table → {"columns": names, "rows": {primary key: digest over those columns}}."""


def content(columns_of: Mapping[str, Sequence[str]] | None = None) -> Content:
    """Decode every row; `columns_of` names the columns an earlier release knew."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if not model._meta.managed or table in LEFT_OUT:
            continue
        readers = _readers(model)
        columns = list(readers) if columns_of is None else list(columns_of.get(table, ()))
        rows = {
            str(row.pk): _digest([_read(readers, column, row) for column in columns])
            for row in model._base_manager.order_by("pk")
        }
        found[table] = {"columns": columns, "rows": rows}
    return found


def columns_of(kept: Content) -> dict[str, list[str]]:
    return {table: entry["columns"] for table, entry in kept.items()}


def differences(kept: Content, found: Content) -> dict[str, list[str]]:
    """Table → what became of its rows; rows that later migrations added are no loss."""
    result = {}
    for table, entry in kept.items():
        now = found.get(table, {"rows": {}})["rows"]
        lines = [
            f"{key}: {'changed' if key in now else 'gone'}"
            for key, digest in entry["rows"].items()
            if now.get(key) != digest
        ]
        if lines:
            result[table] = lines
    return result


def _read(readers: Mapping[str, Callable[[Any], object]], column: str, row: Model) -> object:
    return readers[column](row) if column in readers else f"no column {column} any more"


def _readers(model: type[Model]) -> dict[str, Callable[[Any], object]]:
    """Column → how to read it. Encrypted texts decode themselves; sealed ones are opened here."""
    plain = {
        field.attname: lambda row, name=field.attname: getattr(row, name)
        for field in model._meta.local_concrete_fields
        if not isinstance(field, BinaryField)
    }
    return {**plain, **_sealed().get(model._meta.db_table, {})}


def _sealed() -> dict[str, dict[str, Callable[[Any], object]]]:
    """Table → what is under a data key, and whether its seal still holds."""
    from orders.dossier import Dossier, flatten
    from verification.actions.documents import read_document

    def filled(dossier: Dossier) -> dict[str, str]:
        # A field that a later release adds is empty and changes nothing.
        return {path: str(value) for path, value in flatten(dossier).items() if value}

    return {
        "orders_filingorder": {"dossier": lambda row: filled(row.dossier)},
        "orders_draftrevision": {"dossier": lambda row: filled(row.read())},
        "orders_pagedraft": {"typed": lambda row: row.read()},
        "orders_submission": {
            "dossier": lambda row: filled(row.dossier),
            "findings": lambda row: row.findings,
            "is_intact": lambda row: row.is_intact(),
        },
        "orders_bureaufile": {"payload": lambda row: row.payload()},
        "orders_bureaurecord": {"content": lambda row: row.content()},
        "verification_document": {"picture": lambda row: _digest(read_document(row).hex())},
    }


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
