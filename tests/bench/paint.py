"""When people see something: the first paint on this machine, the largest over a slow network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.frame import Measure, at_most, bench
from tests.bench.served import Address, served_pages
from tests.browser.chromium import launch

LOADS = 5
FIRST_MS, LARGEST_MS = 600, 2500
# "Slow 4G" as Lighthouse applies it to every request: 150 ms there and back and 1.6 Mbit/s,
# times its factors for a throttle above the network.
SLOW_4G = {
    "offline": False,
    "latency": 150 * 3.75,
    "downloadThroughput": 1638.4 * 1024 / 8 * 0.9,
    "uploadThroughput": 750 * 1024 / 8 * 0.9,
}
FIRST = "performance.getEntriesByName('first-contentful-paint').map(({startTime}) => startTime)[0]"
LARGEST = """new Promise((resolve) => new PerformanceObserver(
  (list) => resolve(list.getEntries().at(-1).startTime)
).observe({type: 'largest-contentful-paint', buffered: true}))"""


@bench("paint")
def paint() -> Iterator[Measure]:
    if connection.vendor != "postgresql":
        return
    with served_pages() as (host, pages):
        # Django refuses database work beside the browser's event loop: all of it is done.
        measured = _measured(f"http://{host}", [page for page in pages if page.name != "queue"])
    yield from measured


def _measured(url: str, pages: list[Address]) -> list[Measure]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        measures = []
        for page in pages:
            first = _best(browser, url, page, FIRST)
            largest = _best(browser, url, page, LARGEST, SLOW_4G)
            measures.append(at_most(f"paint-{page.name}-first", first, FIRST_MS, "ms"))
            name = f"paint-{page.name}-largest-slow-4g"
            measures.append(at_most(name, largest, LARGEST_MS, "ms"))
        browser.close()
    return measures


def _best(browser: Browser, url: str, page: Address, *what: Any) -> float:
    """Of some loads, the one least disturbed by what else the machine does."""
    return min(_load(browser, url, page, *what) for _time in range(LOADS))


def _load(
    browser: Browser, url: str, page: Address, what: str, network: dict | None = None
) -> float:
    """Milliseconds of one load with an empty cache."""
    context = browser.new_context()
    if page.session:
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": page.session, "url": url}
        context.add_cookies([cookie])  # type: ignore[list-item]
    tab = context.new_page()
    if network:
        _slow_down(tab, network)
    answer = tab.goto(url + page.path, wait_until="load")
    assert answer, page.name
    assert answer.status == 200, page.name
    tab.wait_for_timeout(300)
    milliseconds = tab.evaluate(what)
    context.close()
    return float(milliseconds)


def _slow_down(tab: Page, network: dict) -> None:
    session = tab.context.new_cdp_session(tab)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", network)
