"""Tables that only grow: what refuses changes inside the database, and whether it stands.

Migrations that protect a table use these statements, so they hold for the check as well: who
changes one writes a migration that protects the tables anew.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection

# One for every change of rows; TRUNCATE runs no trigger of rows and needs its own.
_POSTGRESQL_TRIGGERS = {
    "{table}_append_only": "BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW",
    "{table}_no_truncate": "BEFORE TRUNCATE ON {table} FOR EACH STATEMENT",
}
_FUNCTION = " BEGIN RAISE EXCEPTION '{table} is append-only'; END; "
# SQLite has no TRUNCATE.
_SQLITE_TRIGGERS = {
    "{table}_no_update": "BEFORE UPDATE ON {table}",
    "{table}_no_delete": "BEFORE DELETE ON {table}",
}
# pg_trigger.tgtype: ROW 1, BEFORE 2, DELETE 8, UPDATE 16, TRUNCATE 32.
_TYPES = {"{table}_append_only": 1 | 2 | 8 | 16, "{table}_no_truncate": 2 | 32}


def protect(schema_editor: Any, table: str) -> None:
    """Refuse changes of `table`; guards that stand already are made anew."""
    release(schema_editor, table)
    for statement in _statements(schema_editor.connection.vendor, table):
        schema_editor.execute(statement)


def release(schema_editor: Any, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_append_only() CASCADE")
        return
    for name in _SQLITE_TRIGGERS:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name.format(table=table)}")


def _statements(vendor: str, table: str) -> Iterable[str]:
    if vendor != "postgresql":
        return _sqlite_statements(table).values()
    call = f"EXECUTE FUNCTION {table}_append_only()"
    return [
        f"CREATE FUNCTION {table}_append_only() RETURNS trigger AS "
        f"$${_FUNCTION.format(table=table)}$$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER {name.format(table=table)} {event.format(table=table)} {call}"
            for name, event in _POSTGRESQL_TRIGGERS.items()
        ),
    ]


def _sqlite_statements(table: str) -> dict[str, str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    names = {name.format(table=table): event for name, event in _SQLITE_TRIGGERS.items()}
    return {
        name: f"CREATE TRIGGER {name} {event.format(table=table)} {refusal}"
        for name, event in names.items()
    }


def missing_guards(table: str) -> list[str]:
    """Names of the triggers that are gone, switched off, or not what was put there."""
    find = _found_postgresql if connection.vendor == "postgresql" else _found_sqlite
    names = _TYPES if connection.vendor == "postgresql" else _SQLITE_TRIGGERS
    found = find(table)
    return [name for pattern in names if (name := pattern.format(table=table)) not in found]


def _found_postgresql(table: str) -> set[str]:
    """By name, event and what they run: a trigger with a condition guards some rows only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
            "WHERE tgrelid = %s::regclass AND NOT tgisinternal AND tgenabled IN ('O', 'A') "
            "AND tgqual IS NULL AND tgattr = ''",
            [table],
        )
        wanted = {name.format(table=table): kind for name, kind in _TYPES.items()}
        body = _words(_FUNCTION.format(table=table))
        return {
            name
            for name, kind, source in cursor.fetchall()
            if wanted.get(name) == kind and _words(source) == body
        }


def _found_sqlite(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        wanted = _sqlite_statements(table)
        return {
            name
            for name, sql in cursor.fetchall()
            if name in wanted and _words(sql) == _words(wanted[name])
        }


def _words(source: str) -> str:
    return re.sub(r"\s+", " ", source).strip(" ;")
