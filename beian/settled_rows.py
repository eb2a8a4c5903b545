"""Up to which row nothing can appear any more.

Ids are given out before their rows can be seen, so a row with a lower id may come later than
one with a higher id: as late as the transaction that took it ends.
"""

import time

from django.db import connection
from django.db.models import Max, Model

# Transactions of the portal take seconds at most; what takes longer is waited for next time.
_WAIT_S = 20.0
_LOOK_S = 0.05


def settled_id(model: type[Model]) -> int | None:
    """The highest id below which no transaction is still writing; None if there is none yet."""
    highest = model._base_manager.aggregate(highest=Max("pk"))["highest"]
    # SQLite has one writer at a time: what can be seen is all there is.
    if highest is None or connection.vendor != "postgresql":
        return highest
    return highest if _have_ended(model._meta.db_table, _writers(model._meta.db_table)) else None


def _have_ended(table: str, writers: set[str]) -> bool:
    """Whoever had taken an id by now held a lock then; whoever comes later takes a higher one."""
    give_up_at = time.monotonic() + _WAIT_S
    while writers := writers & _writers(table):
        if time.monotonic() > give_up_at:
            return False
        time.sleep(_LOOK_S)
    return True


def _writers(table: str) -> set[str]:
    """Other transactions that have written to the table, which any role may know."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' "
            "AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid IS DISTINCT FROM pg_backend_pid()",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}
