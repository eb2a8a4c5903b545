"""How soon people learn what happened: on the page, by message, and from the bureau."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.frame import Measure, at_most, bench
from tests.browser import walk, walk_desk, walk_person
from tests.browser.chromium import launch
from tests.browser.outside_world import OutsideWorld, wait_until
from tests.browser.people import EDITOR, LEGAL
from tests.browser.pressing import button
from tests.browser.product import Product, running_product
from tests.browser.walk_enterprise import apply_for_a_website

# As installations leave it; the journeys of the tests let the worker wake more often.
WAKE_MS = 2000
MESSAGE_S, RESULT_S = 5, 60
FILED = "通过并给出备案号"


@bench("reaction")
def reaction() -> Iterator[Measure]:
    with (
        TemporaryDirectory() as folder,
        running_product("embedded", Path(folder), WAKE_MS) as product,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        taken = _Watch(product, browser).whole_filing()
        browser.close()
    for name, seconds in taken.items():
        yield at_most(name, seconds, RESULT_S if "result" in name else MESSAGE_S, "s")


class _Watch:
    """One filing with everybody in a browser of their own, and what is timed on the way."""

    def __init__(self, product: Product, browser: Browser) -> None:
        self.product, self.browser = product, browser
        self.outside = OutsideWorld(self._visitor(), product.outside_url)
        self.applicant = self._visitor()
        self.taken: dict[str, float] = {}

    def _visitor(self) -> Page:
        context = self.browser.new_context(base_url=self.product.url, locale="zh-CN")
        context.set_default_timeout(15_000)
        return context.new_page()

    def whole_filing(self) -> dict[str, float]:
        order, number = apply_for_a_website(self.applicant, self._visitor(), self.outside)
        self.reviewer = self._visitor()
        password = walk_desk.staff_password(self.product)
        walk_desk.staff_sign_in(self.reviewer, "reviewer-1", password)
        walk_desk.write_comment(self.reviewer, number, "services[0].name", "请写明网站的用途")
        button(self.reviewer, "退回待修改")
        self._time("return", order, "待修改", lambda: button(self.reviewer, "确认退回待修改"))
        walk.rename_website(self.applicant, order, "示例科技产品官网")
        walk.submit(self.applicant, order)
        self._claim(number)
        self._time("pass", order, "待提交管局", lambda: button(self.reviewer, "确认通过"))
        submitter = self._visitor()
        walk_desk.staff_sign_in(submitter, "submitter-1", password)
        walk_desk.hand_over(submitter, number)
        for person in (LEGAL, EDITOR):
            walk_person.verify(self._visitor(), self.outside, number, person)
        self._time("result", order, "ICP备", lambda: self.outside.decide(number, FILED))
        return self.taken

    def _claim(self, number: str) -> None:
        self.reviewer.goto("/desk/")
        self.reviewer.get_by_role("link", name=number).first.click()
        button(self.reviewer, "领取")
        walk_desk.answer_checklist(self.reviewer)
        button(self.reviewer, "通过初审")

    def _time(self, what: str, order: str, words: str, act: Callable[[], None]) -> None:
        """From the press to the words on the applicant's page and to the text message."""
        before = self._messages()
        start = time.monotonic()
        act()
        waits = {
            "page": lambda: words in self._text(order),
            "message": lambda: self._messages() > before,
        }
        for where, is_there in waits.items():
            wait_until(is_there, f"{where} about {what}")
            self.taken[f"reaction-{what}-to-{where}"] = time.monotonic() - start

    def _text(self, order: str) -> str:
        return self.applicant.request.get(order).text().partition("<main")[2]

    def _messages(self) -> int:
        url = f"{self.product.outside_url}/phone/{LEGAL.mobile}/"
        return self.outside.page.request.get(url).text().count("<li")
