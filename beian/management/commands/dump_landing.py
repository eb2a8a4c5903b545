"""Keep the demo database of a release, so that later migrations are tested against its data."""

import base64
import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BooleanField, Model

LEFT_OUT = {"django_session"}


class Command(BaseCommand):
    help = "Write rows, keys and files of the demo to tests/migrations/landings/<name>.json.gz."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="for example 01-first-walk")

    def handle(self, *args: object, name: str, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Only a demo is dumped: its keys become part of the repository.")
        landing: dict[str, Any] = {
            "migrations": leaves(),
            "tables": {model._meta.db_table: rows(model) for model in dumped_models()},
            "keys": contents(settings.KEYS_DIR),
            "files": contents(settings.FILES_DIR),
        }
        target = settings.BASE_DIR / "tests" / "migrations" / "landings" / f"{name}.json.gz"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(landing, ensure_ascii=False, indent=0, default=as_json)
        target.write_bytes(gzip.compress(text.encode(), mtime=0))
        count = sum(len(table["rows"]) for table in landing["tables"].values())
        self.stdout.write(f"{count} rows, {target.stat().st_size // 1024} KB: {target.name}")


def dumped_models() -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return [m for m in models if m._meta.managed and m._meta.db_table not in LEFT_OUT]


def leaves() -> dict[str, str]:
    """The last migration applied in each app."""
    applied = MigrationRecorder(connection).applied_migrations()
    return dict(sorted(applied))


def rows(model: type[Model]) -> dict[str, Any]:
    """Columns and rows as the database holds them, encrypted values still encrypted."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {key}")  # noqa: S608  own names
        found = cursor.fetchall()
    # SQLite keeps booleans as numbers, which PostgreSQL would refuse.
    flags = [isinstance(field, BooleanField) for field in fields]
    return {
        "key": model._meta.pk.column,
        "columns": [field.column for field in fields],
        "rows": [
            [
                bool(value) if is_flag and value is not None else value
                for value, is_flag in zip(row, flags, strict=True)
            ]
            for row in found
        ],
    }


def contents(folder: Path) -> dict[str, str]:
    """Relative path → base64 of every file below the folder."""
    return {
        path.relative_to(folder).as_posix(): base64.b64encode(path.read_bytes()).decode()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def as_json(value: object) -> object:
    """Bytes are marked; dates, times and numbers go as text, which both databases read back."""
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return str(value)
