"""Pages of a long list that begin at a row instead of a number: as quick at the end as in front."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from beian.counting import shown_count
from beian.site_settings import setting

# A row's place: its time and, between equal times, its id.
Key = tuple[datetime, UUID]
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page's rows and whether there are more around them; counting is not its business.

    `by` is the time the list is sorted by, the id second; a "-" in front means the newest first.
    """

    rows: list[Row]
    by: str
    has_more: bool = False
    is_first: bool = False

    @property
    def newer(self) -> Key | None:
        """The place in front of which the page before ends."""
        return self._key(self.rows[0]) if self.rows else None

    @property
    def older(self) -> Key | None:
        """The place behind which the next page begins; None on the last one."""
        return self._key(self.rows[-1]) if self.has_more else None

    def _key(self, row: Row) -> Key:
        return getattr(row, self.by.removeprefix("-")), row.pk


def _side(by: str, key: Key, *, behind: bool) -> Q:
    """Rows on one side of a place. The first condition is what an index can start at."""
    field = by.removeprefix("-")
    way = "gt" if behind != by.startswith("-") else "lt"
    moment, pk = key
    further = Q(**{f"{field}__{way}": moment}) | Q(**{f"id__{way}": pk})
    return Q(**{f"{field}__{way}e": moment}) & further


def in_order(rows: QuerySet[Row], by: str) -> QuerySet[Row]:
    return rows.order_by(by, "-id" if by.startswith("-") else "id")


def in_front_of(key: Key, rows: QuerySet[Row], by: str) -> QuerySet[Row]:
    """The rows on the pages before the one that begins at `key`."""
    return rows.filter(_side(by, key, behind=False))


def page_of(
    rows: QuerySet[Row], by: str, *, after: Key | None = None, before: Key | None = None
) -> Page[Row]:
    """The page behind `after` or in front of `before`; the first one without either.

    Also the first one where nothing is left there: rows go while somebody turns the pages.
    """
    page = _page_behind(rows, by, after) if before is None else _page_ahead(rows, by, before)
    is_lost = not page.rows and (after, before) != (None, None)
    return _page_behind(rows, by, None) if is_lost else page


def _page_behind(rows: QuerySet[Row], by: str, key: Key | None) -> Page[Row]:
    behind = rows.filter(_side(by, key, behind=True)) if key else rows
    size = setting("lists.rows_per_page")
    found = list(in_order(behind, by)[: size + 1])
    return Page(found[:size], by, len(found) > size, is_first=key is None)


def _page_ahead(rows: QuerySet[Row], by: str, key: Key) -> Page[Row]:
    ahead = in_order(in_front_of(key, rows, by), by)
    size = setting("lists.rows_per_page")
    found = list(ahead.reverse()[: size + 1])
    nearest = found[:size][::-1]
    return Page(nearest, by, has_more=True, is_first=len(found) <= size)


def read_key(text: str) -> Key | None:
    """A place in the list as its address carries it; None for anything else."""
    moment, _mark, pk = text.partition("~")
    try:
        key = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return None
    return key if key[0].tzinfo else None


def text_of(key: Key) -> str:
    return f"{key[0].isoformat()}~{key[1]}"


def asked_page(rows: QuerySet[Row], by: str, query: Mapping[str, str], name: str = "") -> Page[Row]:
    """The page an address asks for; a `name` tells two lists of one screen apart."""
    places = {way: read_key(query.get(_parameter(name, way), "")) for way in ("after", "before")}
    return page_of(rows, by, **places)


def _parameter(name: str, way: str) -> str:
    return f"{name}_{way}" if name else way


def pager_of(
    page: Page[Any], total: int, query: Mapping[str, str], name: str = ""
) -> dict[str, str]:
    """The sentence and the links under a list; another list of the screen stays where it is."""
    own = {_parameter(name, "after"), _parameter(name, "before")}
    others = {key: value for key, value in query.items() if key not in own}
    anchor = f"#{name}" if name else ""

    def address(way: str, key: Key | None) -> str:
        place = {_parameter(name, way): text_of(key)} if key else {}
        return f"?{urlencode(others | place)}{anchor}" if place else ""

    numbers = {"number": len(page.rows), "total": shown_count(total)}
    return {
        "summary": _("本页 %(number)d 条，共 %(total)s 条") % numbers,
        "newer": "" if page.is_first else address("before", page.newer),
        "older": address("after", page.older),
    }
