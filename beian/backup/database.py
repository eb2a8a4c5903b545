"""The database as one file: pg_dump's custom format, or a SQLite file.

The rows are counted in the snapshot that is dumped, so that a restore can be compared with it.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from .problems import BackupFailed

# What PostgreSQL's programs read from the environment, by the name in Django's settings.
_PLACES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}

# After a restore everybody signs in anew.
_LEFT_EMPTY = "django_session"

_COUNT = "SELECT count(*) FROM {}"
Counts = dict[str, int]


def dump_database(target: Path) -> Counts:
    """Write everything to `target`; rows per table. Raises BackupFailed."""
    if connection.vendor == "sqlite":
        return _dump_sqlite(target)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        _run("pg_dump", *words, f"--exclude-table-data={_LEFT_EMPTY}", f"--file={target}")
        return count_rows()


def refuse_tables() -> None:
    """Raises BackupFailed unless the database has no tables yet."""
    if connection.introspection.table_names():
        raise BackupFailed(
            "数据库不是空的，请恢复到新建的空数据库 / the database is not empty: create an empty "
            "one, point BEIAN_DATABASE_URL (or BEIAN_STATE_DIR) at it and restore there"
        )


def load_database(source: Path) -> None:
    """Fill the database from `source`; raises BackupFailed, also if it has tables."""
    refuse_tables()
    if connection.vendor == "sqlite":
        _load_sqlite(source)
        return
    name = str(connection.settings_dict["NAME"])
    words = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", *words, f"--dbname={name}", str(source))


def is_of_earlier_release() -> bool:
    """Whether `migrate` has something to do: models do not fit the tables until then."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def count_rows(names: Iterable[str] | None = None) -> Counts:
    """Rows of these tables, or of every table of the portal, as this connection sees them.

    By names the tables of a release whose models are not these are counted; a missing one is left
    out.
    """
    there = set(connection.introspection.table_names())
    found = {}
    with connection.cursor() as cursor:
        for name in _tables() if names is None else sorted(there.intersection(names)):
            cursor.execute(_COUNT.format(connection.ops.quote_name(name)))
            found[name] = cursor.fetchone()[0]
    return found


def _tables() -> list[str]:
    found = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(found) - {_LEFT_EMPTY})


@contextmanager
def _sqlite_in_words() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:  # a full disk among them
        raise BackupFailed(f"SQLite: {error}") from error


@_sqlite_in_words()
def _load_sqlite(source: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(source)) as kept:
        kept.backup(connection.connection)


@_sqlite_in_words()
def _dump_sqlite(target: Path) -> Counts:
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as copy:
        connection.connection.backup(copy)
        copy.execute(f"DELETE FROM {_LEFT_EMPTY}")  # noqa: S608  # a constant
        copy.commit()
        quote = connection.ops.quote_name
        return {name: copy.execute(_COUNT.format(quote(name))).fetchone()[0] for name in _tables()}


def _run(program: str, *words: str) -> None:
    try:
        done = subprocess.run(  # fixed words
            [program, *words],
            env={**os.environ, **_environment()},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise BackupFailed(
            f"没有找到 {program}，请安装 postgresql-client / {program} is missing: install the "
            "client programs of the server's release or a newer one"
        ) from None
    if done.returncode:
        raise BackupFailed(f"{program}: {done.stderr.strip()}")


def _environment() -> dict[str, str]:
    """By environment, because a command line shows the password to every user."""
    place = connection.settings_dict
    found = {name: str(place[key]) for key, name in _PLACES.items() if place.get(key)}
    options = place.get("OPTIONS", {})
    return found | {
        f"PG{key.upper()}": str(value) for key, value in options.items() if key.startswith("ssl")
    }
