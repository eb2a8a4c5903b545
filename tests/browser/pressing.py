"""Pressing what is called by its words."""

from __future__ import annotations

from playwright.sync_api import Page


def button(page: Page, name: str) -> None:
    """Press what is called `name`, a button or a link that looks like one, and see the next page.

    Every one leads to a page. Without waiting for it the next look could still see this one.
    """
    pressed = page.get_by_role("button", name=name, exact=True)
    with page.expect_navigation():
        pressed.or_(page.get_by_role("link", name=name, exact=True)).last.click()
