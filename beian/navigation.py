"""The navigation of the shells. Apps register their entries when they start (AppConfig.ready)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from beian.ui import NavGroup, NavItem


@dataclass(frozen=True)
class Entry:
    """A link of a shell.

    ``visible`` decides per request (None: always); ``count`` gives the number beside the label.
    ``url_names`` of pages below it keep the entry marked as current.
    """

    url_name: str
    label: str | Promise
    position: int
    group: str | Promise = ""
    visible: Callable[[HttpRequest], bool] | None = None
    count: Callable[[HttpRequest], int | str | None] | None = None
    url_names: tuple[str, ...] = ()


PUBLIC: list[Entry] = []
APPLICANT: list[Entry] = []
STAFF: list[Entry] = []


def register(shell: list[Entry], *entries: Entry) -> None:
    """Add entries to one of PUBLIC, APPLICANT, STAFF; safe to call twice."""
    shell[:] = sorted({entry.url_name: entry for entry in [*shell, *entries]}.values(), key=_place)


def items(shell: list[Entry], request: HttpRequest) -> list[NavItem]:
    """The entries this request may see, as links."""
    return [_item(entry, request) for entry in shell if _is_visible(entry, request)]


def groups(shell: list[Entry], request: HttpRequest) -> list[NavGroup]:
    """The same, grouped by heading in order of position."""
    shown = [entry for entry in shell if _is_visible(entry, request)]
    return [
        NavGroup(str(label), [_item(entry, request) for entry in entries])
        for label, entries in groupby(shown, key=lambda entry: entry.group)
    ]


def _place(entry: Entry) -> int:
    return entry.position


def _is_visible(entry: Entry, request: HttpRequest) -> bool:
    return entry.visible is None or entry.visible(request)


def _item(entry: Entry, request: HttpRequest) -> NavItem:
    match = request.resolver_match
    return NavItem(
        label=str(entry.label),
        url=reverse(entry.url_name),
        count=entry.count(request) if entry.count else None,
        current=bool(match) and match.view_name in {entry.url_name, *entry.url_names},
    )


register(
    PUBLIC,
    Entry("public:home", _("首页"), position=10),
    Entry("public:help", _("帮助"), position=90),
)
