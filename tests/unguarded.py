"""What somebody who owns the tables can do to the rows that the product never changes."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.db import connection

from beian.crypto.rotation import _changes_allowed


def drop_guards(table: str) -> None:
    """Take away what refuses changes of `table`."""
    connection.check_constraints()
    if connection.vendor == "postgresql":
        run_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    for name in ("no_update", "no_delete"):
        run_sql(f"DROP TRIGGER {table}_{name}")


def run_sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def allow_changes(table: str) -> AbstractContextManager[None]:
    """For a stage that a test sets, the way a rotation of keys is let through."""
    return _changes_allowed(table)
