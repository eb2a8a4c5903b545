"""The review queue at a thousand, a hundred thousand and a million waiting orders."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.messages.storage.fallback import FallbackStorage
from django.db import connection
from django.test import RequestFactory, modify_settings, override_settings

from beian.actors import Actor
from beian.enums import StaffRoleName as Role
from beian.site_settings import setting
from orders.desk import keyset, review_queue
from orders.desk.queue_tabs import tabs_and_numbers
from orders.desk.review_queue import Filters
from orders.models import FilingOrder
from tests.bench.frame import Measure, bench, best_of, times_as_long, times_faster
from tests.bench.many_orders import grow_queue
from tests.bench.pages import PLAIN_STATIC, _seconds
from tests.builders import client_of, make_staff

SIZES = {"1e3": 1_000, "1e5": 100_000, "1e6": 1_000_000}
ROUNDS, CALLS = 7, 3
# One order in a hundred (tests/bench/many_orders.py).
WHOLE, OBJECTED = Filters(), Filters(objection="has")


@bench("queue")
def queue() -> Iterator[Measure]:
    if connection.vendor != "postgresql":
        return
    staff = make_staff(Role.REVIEWER, name="bench-reviewer")
    reviewer = staff.user
    storages = {**settings.STORAGES, "staticfiles": PLAIN_STATIC}
    pages: dict[str, float] = {}
    reads: dict[str, float] = {}
    objected: dict[str, float] = {}
    with override_settings(STORAGES=storages):
        for name, size in SIZES.items():
            grow_queue(size)
            pages[name] = _seconds(client_of(reviewer), "/desk/")
            reads[name] = best_of(lambda: _read(staff.actor), ROUNDS, CALLS)
            bare = best_of(_bare_query, ROUNDS, CALLS)
            yield times_as_long(f"queue-{name}-read-vs-bare-query", reads[name], bare, "<=2.5")
            objected[name] = best_of(lambda: _read(staff.actor, OBJECTED), ROUNDS, CALLS)
            yield times_faster(f"queue-{name}-vs-admin", pages[name], _admin(reviewer), _goal(name))
    smallest, *_between, largest = SIZES
    yield times_as_long("queue-growth-of-page", pages[largest], pages[smallest], "<=1.2")
    yield times_as_long("queue-growth-of-read", reads[largest], reads[smallest], "<=1.2")
    grown = objected[largest], objected[smallest]
    yield times_as_long("queue-growth-of-read-with-objections", *grown, "<=1.2")


def _goal(name: str) -> str:
    """The budget is set for a million rows; below it the changelist must not be faster."""
    return ">=30" if name == "1e6" else ">=1"


def _read(actor: Actor, filters: Filters = WHOLE) -> None:
    """Everything the page asks about orders: rows, counts, place, next case."""
    page = keyset.page_of(review_queue.filtered(filters, actor.user_id), review_queue.BY)
    _tabs, numbers = tabs_and_numbers(filters, page, actor.user_id)
    whole, back = page if filters == WHOLE else None, bool(numbers.came_back)
    review_queue.next_case(actor, frozenset(), whole, has_come_back=back)


def _bare_query() -> None:
    """The same rows from the same index, and nothing else."""
    rows = FilingOrder.objects.in_review().exclude(due_at=None).select_related("assigned_to")
    list(rows.defer("dossier_sealed").order_by("due_at", "id")[: setting("lists.rows_per_page")])


def _admin(user) -> float:
    with modify_settings(INSTALLED_APPS={"append": "django.contrib.admin"}):
        from tests.bench import admin_list

        request = RequestFactory().get("/admin/orders/filingorder/")
        request.user, request.session = user, {}
        request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
        view = admin_list.site._registry[FilingOrder].changelist_view

        def ask() -> None:
            with override_settings(ROOT_URLCONF=admin_list):
                assert view(request).render().status_code == 200

        return best_of(ask, 3, 1)
