"""Pages by key: the next page starts after the last row shown, whatever arrives meanwhile."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from beian.models import Notice, StaffNotice
from beian.site_settings import setting

Row = TypeVar("Row", Notice, StaffNotice)
Key = UUID | int


@dataclass(frozen=True)
class Page(Generic[Row]):
    rows: list[Row]
    # Cursor of the next page, "" on the last one.
    older: str
    is_first: bool


def _cursor(text: str, read_key: Callable[[str], Key]) -> tuple[datetime, Key] | None:
    """What a page's address says; None for the first page and for nonsense."""
    moment_text, _at, key_text = text.partition("_")
    try:
        moment, key = parse_datetime(moment_text), read_key(key_text)
    except ValueError:
        return None
    return (moment, key) if moment is not None and moment.tzinfo is not None else None


def page_before(
    rows: QuerySet[Row], before: str, read_key: Callable[[str], Key] = UUID
) -> Page[Row]:
    """Rows older than the cursor `before`; `rows` are newest first, ties by key."""
    size, cursor = setting("lists.rows_per_page"), _cursor(before, read_key)
    if cursor is not None:
        moment, key = cursor
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=key))
    found = list(rows[: size + 1])
    shown = found[:size]
    more = len(found) > size
    older = f"{shown[-1].created_at.isoformat()}_{shown[-1].pk}" if more else ""
    return Page(shown, older, cursor is None)
