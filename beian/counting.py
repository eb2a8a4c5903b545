"""Counts of lists that may be long: exact while small, capped beyond, at a constant price."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

from beian.site_settings import setting

Name = TypeVar("Name", bound=Hashable)


def capped_counts(sets: Mapping[Name, QuerySet]) -> dict[Name, int]:
    """How many rows each set has, counted up to one beyond `desk.counted_at_most`, in one query.

    A queue of a million rows is not counted to its end for a number beside a tab.
    """
    most = setting("desk.counted_at_most") + 1
    parts, values = {}, []
    for name, rows in sets.items():
        try:
            text, given = _limited(rows, most).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        except EmptyResultSet:
            # The ORM sees that nothing can match: nobody to ask.
            continue
        # The text is the ORM's own, with its values apart.
        parts[name] = f"(SELECT COUNT(*) FROM ({text}) counted)"  # noqa: S608
        values += given
    return {**dict.fromkeys(sets, 0), **_asked(parts, values)}


def _asked(parts: Mapping[Name, str], values: list) -> dict[Name, int]:
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts.values())}", values)
        return dict(zip(parts, cursor.fetchone(), strict=True))


def _limited(rows: QuerySet, most: int) -> QuerySet:
    return rows.select_related(None).order_by().values("pk")[:most]


def shown_count(number: int) -> str:
    """The number, or 1000+ where counting stopped."""
    most = setting("desk.counted_at_most")
    return f"{most}+" if number > most else str(number)
