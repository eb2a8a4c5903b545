"""What a block of code asks the database, counted below the query log, which keeps only so many."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.test import Client

SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")
# What a process reads again every few seconds, whatever it is asked.
KEPT_TABLES = (
    "settingoverride",
    '"orders_ruleedit"."effective_from" AS "effective_from" FROM "orders_ruleedit"',
)


@dataclass
class Statements:
    """`run` holds (statement, parameters) in their order."""

    run: list[tuple[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.run)

    @property
    def reads(self) -> int:
        """Queries but those of the settings and of the edits of rules in force, which a process
        makes every few seconds."""
        return sum(
            sql.lstrip("(").startswith("SELECT") and not any(table in sql for table in KEPT_TABLES)
            for sql, _values in self.run
        )


@contextmanager
def recorded() -> Iterator[Statements]:
    """Every statement of the block but savepoints, which are no queries of their own."""
    kept = Statements()

    def keep(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        if not sql.startswith(SAVEPOINTS):
            kept.run.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield kept


def asked(client: Client, url: str) -> int:
    """How many statements a page takes; settings are cached for seconds and do not count."""
    client.get(url)
    with recorded() as statements:
        assert client.get(url).status_code == 200
    return sum("settingoverride" not in sql for sql, _values in statements.run)
