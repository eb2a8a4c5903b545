"""The tabs of the queue: the desk's own views, then the ones this person saved."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from beian.counting import CountedSet, capped_counts, shown_count
from beian.ui import NavItem
from orders.desk.keyset import Key, Page, in_front_of, text_of
from orders.desk.review_queue import BY, Filters, came_back, counted, filtered, given
from orders.models import QueueView

NOTHING_KNOWN: Mapping[Filters, int] = MappingProxyType({})


def address(filters: Filters, **place: Key | None) -> str:
    """The query of a queue page: filters, and the place of a keyset page."""
    keys = {name: text_of(key) for name, key in place.items() if key}
    return f"?{urlencode(chosen(filters) | keys)}"


def chosen(filters: Filters) -> dict[str, str]:
    """The filters that are set."""
    return {name: value for name, value in asdict(filters).items() if value}


def saved_filters(view: QueueView) -> Filters:
    """What a view kept; filters that have gone since are left out."""
    known = asdict(Filters())
    return Filters(**{name: str(view.filters[name]) for name in known if name in view.filters})


def _views(user_id: int | None) -> Iterator[tuple[str, Filters]]:
    yield _("全部待审"), Filters()
    yield _("今天到期"), Filters(due="today")
    yield _("已逾期"), Filters(due="overdue")
    yield pgettext("orders", "重新提交"), Filters(state="resubmitted")
    yield _("需高级审核"), Filters(risk="high")
    yield _("我领取的"), Filters(holder="mine")
    for view in QueueView.objects.filter(user_id=user_id):
        yield view.name, saved_filters(view)


@dataclass(frozen=True)
class Numbers:
    """Capped counts of one page of the queue: rows of the list, rows on earlier pages, and cases
    that came back to whoever looks."""

    total: int
    before: int
    came_back: int


def tabs_and_numbers(
    filters: Filters,
    page: Page,
    user_id: int | None,
    known: Mapping[Filters, int] = NOTHING_KNOWN,
) -> tuple[list[NavItem], Numbers]:
    """Every view with its count, and the numbers under the list; all counted in one query, except
    what is `known` from elsewhere on the page."""
    views = list(_views(user_id))
    # Views that are the same set are counted once.
    wanted = [filters, *(view for _label, view in views)]
    sets: dict[Filters | str, CountedSet | QuerySet | None] = {
        **{view: counted(view) for view in wanted if view not in known},
        "came_back": came_back(),
    }
    if page.newer and not page.is_first:
        sets["before"] = in_front_of(page.newer, filtered(filters, user_id), BY)
    numbers = {**known, **capped_counts(sets, **given(user_id))}
    current = next((place for place, (_label, view) in enumerate(views) if view == filters), None)
    tabs = [
        NavItem(label, address(view), shown_count(numbers[view]), current=place == current)
        for place, (label, view) in enumerate(views)
    ]
    return tabs, Numbers(numbers[filters], numbers.get("before", 0), numbers["came_back"])
