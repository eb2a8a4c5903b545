"""Pressing what is called by its words."""

from __future__ import annotations

from playwright.sync_api import Page


def button(page: Page, name: str) -> None:
    """Press what is called `name`, a button or a link that looks like one."""
    pressed = page.get_by_role("button", name=name, exact=True)
    pressed.or_(page.get_by_role("link", name=name, exact=True)).last.click()
