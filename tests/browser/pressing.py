"""Pressing what is called by its words."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def button(page: Page, name: str) -> None:
    """Press what is called `name`, a button or a link that looks like one, and see the next page.

    Every one leads to a page.
    """
    pressed = page.get_by_role("button", name=name, exact=True)
    follow(page, pressed.or_(page.get_by_role("link", name=name, exact=True)).last)


def follow(page: Page, control: Locator) -> None:
    """Without waiting for the next page the next look could still see this one."""
    # First, because on the way there the keyboard may jump within the page.
    control.focus()
    with page.expect_navigation():
        control.click()
