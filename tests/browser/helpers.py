"""What a journey needs besides clicking: accessibility findings and pictures."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.consistency.sources import ROOT

AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def axe_violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule; empty on an accessible page."""
    response = Axe().run(page, options=AXE_RULES).response
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in response["violations"]
        for node in violation["nodes"]
    ]


def keep_screenshot(page: Page, name: str) -> None:
    """Write var/screenshots/<name>.png of the whole page, for people to look at."""
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{name}.png", full_page=True)


def overflows(page: Page) -> bool:
    """Whether the page scrolls sideways at its current width."""
    return bool(
        page.evaluate(
            "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    )
