"""How long pages take through gunicorn as production runs it: one in twenty may take longer."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from tests.bench.frame import Measure, at_most, bench
from tests.bench.served import seconds_of, served_pages

REQUESTS, WARM_UP = 200, 20
# Milliseconds, as the goals say them.
LIMITS = {"form": 150, "list": 200, "case": 350, "queue": 300}
# All pages are measured beside so many orders that wait.
ORDERS = 1_000_000


@bench("p95")
def p95() -> Iterator[Measure]:
    if connection.vendor != "postgresql":
        return
    with served_pages(orders=ORDERS) as (host, pages):
        for page in pages:
            if page.name in LIMITS:
                seconds_of(host, page, WARM_UP)
                taken = seconds_of(host, page, REQUESTS)
                worst_but_five_in_hundred = taken[len(taken) * 95 // 100 - 1] * 1000
                name = f"p95-{page.name}-beside-{ORDERS:.0e}-orders"
                yield at_most(name, worst_but_five_in_hundred, LIMITS[page.name], "ms")
