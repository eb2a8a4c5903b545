"""One page of the list: the oldest of every kind, merged, by key in either direction.

Every kind is asked for one page at most, so the number of questions does not depend on the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from beian.counting import capped_counts
from beian.site_settings import setting
from orders.attention.sources import BY_KIND, SOURCES, Source

_POSITIONS = {source.kind: position for position, source in enumerate(SOURCES)}


@dataclass(frozen=True)
class Key:
    """A place in the list: time, kind, then the row's own name."""

    since: datetime
    kind: str
    ident: UUID | int

    def text(self) -> str:
        return f"{self.since.isoformat()}~{self.kind}~{self.ident}"

    def order(self) -> tuple[datetime, int, UUID | int]:
        return self.since, _POSITIONS[self.kind], self.ident


@dataclass(frozen=True)
class Item:
    source: Source
    row: Any
    key: Key


@dataclass(frozen=True)
class Page:
    items: list[Item]
    newer: Key | None = None
    older: Key | None = None


def read_key(text: str) -> Key | None:
    """A place as an address carries it; None for anything else."""
    moment, _mark, rest = text.partition("~")
    kind, _mark, ident = rest.partition("~")
    if kind not in BY_KIND:
        return None
    try:
        since = datetime.fromisoformat(moment)
        key = Key(since, kind, int(ident) if kind == "deadline" else UUID(ident))
    except ValueError:
        return None
    return key if since.tzinfo else None


def _beyond(source: Source, key: Key, direction: str) -> Q:
    """Rows of this kind that lie behind (`gt`) or in front of (`lt`) the key."""
    beyond = Q(**{f"{source.since}__{direction}": key.since})
    place, own = _POSITIONS[key.kind], _POSITIONS[source.kind]
    if place == own:
        same = Q(**{source.since: key.since, f"{source.ident}__{direction}": key.ident})
        return beyond | same
    is_behind = own > place
    return beyond | Q(**{source.since: key.since}) if is_behind == (direction == "gt") else beyond


def _items(source: Source, key: Key | None, direction: str, size: int) -> Iterable[Item]:
    rows = source.rows()
    if key is not None:
        rows = rows.filter(_beyond(source, key, direction))
    rows = rows.order_by(source.since, source.ident)
    if direction == "lt":
        rows = rows.reverse()
    for row in rows[: size + 1]:
        ident = row.pk if source.ident == "pk" else getattr(row, source.ident)
        yield Item(source, row, Key(getattr(row, source.since), source.kind, ident))


def page_of(
    sources: Iterable[Source], *, after: Key | None = None, before: Key | None = None
) -> Page:
    """The page behind `after` or in front of `before`; the first one without either."""
    direction, key = ("lt", before) if before else ("gt", after)
    size = setting("lists.rows_per_page")
    found = [item for source in sources for item in _items(source, key, direction, size)]
    found.sort(key=lambda item: item.key.order(), reverse=direction == "lt")
    shown, has_more = found[:size], len(found) > size
    if direction == "lt":
        shown.reverse()
    if not shown:
        return Page([])
    has_newer = has_more if direction == "lt" else key is not None
    has_older = True if direction == "lt" else has_more
    return Page(
        shown,
        newer=shown[0].key if has_newer else None,
        older=shown[-1].key if has_older else None,
    )


def counts_of(sources: Iterable[Source]) -> dict[str, int]:
    """How many of each kind there are, as far as lists of the desk count, in one query."""
    sets = {source.kind: source.rows() for source in sources}
    return capped_counts(sets) if sets else {}
