"""The navigation of the shells. Apps register their entries when they start (AppConfig.ready)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beian.counting import CountedSet, capped_counts, shown_count
from beian.ui import NavGroup, NavItem


@dataclass(frozen=True)
class Entry:
    """A link of a shell.

    ``visible`` decides per request (None: always); ``count`` gives the number beside the label, or
    ``rows`` the sets that are counted for it, by name: one query counts those of all entries.
    ``url_names`` of pages below it keep the entry marked as current.
    """

    url_name: str
    label: str | Promise
    position: int
    group: str | Promise = ""
    visible: Callable[[HttpRequest], bool] | None = None
    count: Callable[[HttpRequest], int | str | None] | None = None
    rows: Callable[[HttpRequest], Mapping[str, QuerySet | CountedSet | None]] | None = None
    url_names: tuple[str, ...] = ()


PUBLIC: list[Entry] = []
APPLICANT: list[Entry] = []
STAFF: list[Entry] = []
_COUNTED = "_counted_rows"


def register(shell: list[Entry], *entries: Entry) -> None:
    """Add entries to one of PUBLIC, APPLICANT, STAFF; safe to call twice."""
    shell[:] = sorted({entry.url_name: entry for entry in [*shell, *entries]}.values(), key=_place)


def items(shell: list[Entry], request: HttpRequest) -> list[NavItem]:
    """The entries this request may see, as links."""
    return [_item(shell, entry, request) for entry in shell if _is_visible(entry, request)]


def groups(shell: list[Entry], request: HttpRequest) -> list[NavGroup]:
    """The same, grouped by heading in order of position."""
    shown = [entry for entry in shell if _is_visible(entry, request)]
    return [
        NavGroup(str(label), [_item(shell, entry, request) for entry in entries])
        for label, entries in groupby(shown, key=lambda entry: entry.group)
    ]


def counted(shell: list[Entry], request: HttpRequest) -> dict[tuple[str, str], int]:
    """How many rows each set of the visible entries has: {(URL name, name of the set): number}.

    Counted once per request, so that a page that shows the same numbers need not ask again.
    """
    known: dict[tuple[str, str], int] | None = getattr(request, _COUNTED, None)
    if known is None:
        sets = {
            (entry.url_name, name): rows
            for entry in shell
            if entry.rows is not None and _is_visible(entry, request)
            for name, rows in entry.rows(request).items()
        }
        known = capped_counts(sets)
        setattr(request, _COUNTED, known)
    return known


def _number(shell: list[Entry], entry: Entry, request: HttpRequest) -> int | str | None:
    if entry.rows is None:
        return entry.count(request) if entry.count else None
    numbers = counted(shell, request).items()
    return shown_count(sum(number for (name, _set), number in numbers if name == entry.url_name))


def _place(entry: Entry) -> int:
    return entry.position


def _is_visible(entry: Entry, request: HttpRequest) -> bool:
    return entry.visible is None or entry.visible(request)


def _item(shell: list[Entry], entry: Entry, request: HttpRequest) -> NavItem:
    match = request.resolver_match
    return NavItem(
        label=str(entry.label),
        url=reverse(entry.url_name),
        count=_number(shell, entry, request),
        current=bool(match) and match.view_name in {entry.url_name, *entry.url_names},
    )


register(
    PUBLIC,
    Entry("public:home", _("首页"), position=10),
    Entry("public:help", _("帮助"), position=90),
)
