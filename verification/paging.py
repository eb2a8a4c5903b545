"""Pages by key: the next page starts after the last row shown, whatever arrives meanwhile."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from beian.models import Notice


@dataclass(frozen=True)
class Page:
    rows: list[Notice]
    # Cursor of the next page, "" on the last one.
    older: str
    is_first: bool


def _cursor(text: str) -> tuple[datetime, UUID] | None:
    """What a page's address says; None for the first page and for nonsense."""
    moment_text, _at, key_text = text.partition("_")
    try:
        moment, key = parse_datetime(moment_text), UUID(key_text)
    except ValueError:
        return None
    return (moment, key) if moment is not None and moment.tzinfo is not None else None


def page_before(rows: QuerySet[Notice], before: str, size: int) -> Page:
    """`size` rows older than the cursor `before`; `rows` are newest first, ties by key."""
    cursor = _cursor(before)
    if cursor is not None:
        moment, key = cursor
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=key))
    found = list(rows[: size + 1])
    shown = found[:size]
    more = len(found) > size
    older = f"{shown[-1].created_at.isoformat()}_{shown[-1].pk}" if more else ""
    return Page(shown, older, cursor is None)
