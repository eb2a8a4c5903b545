"""The simulated phones, mailboxes, bureau and clock, as people look at them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from playwright.sync_api import Page

# Long enough for beat, broker and worker on a busy machine.
PATIENCE_SECONDS = 60
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def wait_until(look: Callable[[], object], what: str) -> object:
    """Look again and again until there is something; fails naming what never came."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {PATIENCE_SECONDS} s for {what}")


class OutsideWorld:
    """The simulated phones, mailboxes, bureau and clock, in a browser of their own."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def codes_on(self, address: str) -> list[str]:
        folder = "mail" if "@" in address else "phone"
        self.page.goto(f"{self.url}/{folder}/{address}/")
        return CODE.findall(" ".join(self.page.locator("code.code").all_inner_texts()))

    def ministry_code(self, mobile: str) -> str:
        """The newest code from the ministry's sender."""
        self.page.goto(f"{self.url}/phone/{mobile}/")
        message = self.page.locator("article, li").filter(has_text="12381")
        codes = message.locator("code.code")
        return codes.first.inner_text().strip() if codes.count() else ""

    def link_to_the_check(self, mobile: str) -> str:
        """The newest link to a truthfulness check, as it came by text message."""
        self.page.goto(f"{self.url}/phone/{mobile}/")
        links = self.page.locator("a[href*='/face/']")
        return links.first.get_attribute("href") or "" if links.count() else ""

    def code_after(self, address: str, act: Callable[[], None]) -> str:
        """The code that comes to `address` because of `act`."""
        before = self.codes_on(address)
        act()

        def newer() -> str:
            now = self.codes_on(address)
            return now[0] if now[:1] != before[:1] or len(now) > len(before) else ""

        return str(wait_until(newer, f"a code at {address}"))

    def decide(self, number: str, verdict: str, text: str = "") -> None:
        """Grant (通过并给出备案号) or refuse (驳回) as the officer."""

        def open_form() -> bool:
            self.page.goto(f"{self.url}/bureau/")
            link = self.page.get_by_role("link", name=number)
            if not link.count():
                return False
            with self.page.expect_navigation():
                link.first.click()
            return self.page.get_by_role("button", name=verdict).count() > 0

        wait_until(open_form, f"{number} to reach the officer")
        if text:
            self.page.locator("textarea[name=text]").fill(text)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=verdict).click()

    def move_clock(self, button: str) -> None:
        self.page.goto(f"{self.url}/clock/")
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).click()
