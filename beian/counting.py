"""Counts of lists that may be long: exact while small, capped beyond, at a constant price."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet, Value

from beian.site_settings import setting

Name = TypeVar("Name", bound=Hashable)


class Given(Value):
    """A place in a set for a value that is only known when the set is counted."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@dataclass(frozen=True)
class CountedSet:
    """A set as SQL, which may be kept: to put it together takes longer than to count it."""

    text: str
    values: tuple[Any, ...]

    def filled(self, given: Mapping[str, Any]) -> list[Any]:
        return [
            value.output_field.get_db_prep_value(given[value.value], connection)
            if isinstance(value, Given)
            else value
            for value in self.values
        ]

    def with_given(self, **given: Any) -> "CountedSet":
        """The same set with nothing left open."""
        return CountedSet(self.text, tuple(self.filled(given)))


def counted_set(rows: QuerySet) -> CountedSet | None:
    """None where the ORM sees that nothing can match: nobody to ask."""
    try:
        text, values = _keys(rows).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return CountedSet(text, tuple(values))


def _keys(rows: QuerySet) -> QuerySet:
    # In the order of its index a list is counted without looking at rows that are not in it.
    ordered = rows if rows.query.order_by else rows.order_by()
    return ordered.select_related(None).values("pk")


def capped_counts(
    sets: Mapping[Name, QuerySet | CountedSet | None], **given: Any
) -> dict[Name, int]:
    """How many rows each set has, counted up to one beyond `desk.counted_at_most`, in one query.

    A queue of a million rows is not counted to its end for a number beside a tab.
    """
    most = setting("desk.counted_at_most") + 1
    parts, values = {}, []
    for name, rows in sets.items():
        known = counted_set(rows) if isinstance(rows, QuerySet) else rows
        if known is not None:
            # The text is the ORM's own, with its values apart.
            parts[name] = f"(SELECT COUNT(*) FROM ({known.text} LIMIT {most}) counted)"  # noqa: S608
            values += known.filled(given)
    return {**dict.fromkeys(sets, 0), **_asked(parts, values)}


def _asked(parts: Mapping[Name, str], values: list) -> dict[Name, int]:
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts.values())}", values)
        return dict(zip(parts, cursor.fetchone(), strict=True))


def shown_count(number: int) -> str:
    """The number, or 1000+ where counting stopped."""
    most = setting("desk.counted_at_most")
    return f"{most}+" if number > most else str(number)
