"""`python -m tests.migrations.restore <name>`: the database as it was at that release.

A process of its own, because it migrates to an earlier state than the models in memory.
"""

from __future__ import annotations

import sys
from typing import Any

import django
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.migrations import landing


def main(name: str) -> None:
    django.setup()
    kept = landing.read(name)
    migrate_to(kept["migrations"])
    with transaction.atomic(), connection.constraint_checks_disabled():
        for table in kept["tables"]:
            _execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        for table, content in kept["tables"].items():
            _insert(table, content["columns"], content["rows"])
    _continue_sequences(kept["tables"])


def migrate_to(leaves: dict[str, str]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(list(leaves.items()))


def _insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    values = [[landing.from_json(value) for value in row] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({places})", values)


def _continue_sequences(tables: dict[str, Any]) -> None:
    """Ids given from now on follow the restored ones."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for table in tables:
            for sequence in connection.introspection.get_sequences(cursor, table):
                column = connection.ops.quote_name(sequence["column"])
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1))"
                    f" FROM {connection.ops.quote_name(table)}",
                    [f'"{table}"', sequence["column"]],
                )


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


if __name__ == "__main__":
    main(sys.argv[1])
