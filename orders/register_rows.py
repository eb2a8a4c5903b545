"""One shape for what the register and running orders say, so that one query asks all tables."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from orders.submitted_people import DIGESTS


class Row(NamedTuple):
    """One shape for all tables, so that one query asks them all. Of a person of another filing, on
    record or submitted, `cert` and the contacts are digests and `value` is empty."""

    what: str
    value: str
    at: datetime | None
    filing: UUID | None
    nature: str
    is_in_charge: bool
    mobile: str
    emergency: str
    email: str
    cert: str

    @property
    def digests(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in DIGESTS}


_EMPTY = Value(None, output_field=CharField())
_NEVER = Cast(Value(None), DateTimeField())


def part(rows: QuerySet[Any], what: str, **columns: str | Q) -> QuerySet[Any, tuple]:
    """Rows as `Row`; `columns` are those that are not empty."""
    named = {name: F(at) if isinstance(at, str) else at for name, at in columns.items()}
    told = {"at": _NEVER, **named, "what": Value(what, output_field=CharField())}
    shown = {f"seen_{name}": told.get(name, _EMPTY) for name in Row._fields}
    return rows.order_by().annotate(**shown).values_list(*shown)


def all_of(parts: list[QuerySet[Any, tuple]]) -> list[Row]:
    """The rows of every part in one query; none where nothing is asked."""
    if not parts:
        return []
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return [Row(*row) for row in rows]
