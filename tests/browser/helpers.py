"""What a journey needs besides clicking: accessibility findings and pictures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

from tests.consistency.sources import ROOT

AXE_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    # Our pages have no frames, and their stylesheet is in the page already.
    "iframes": False,
    "preload": False,
}


# Loaded into a page once; then every width and theme is only another run.
AXE_SCRIPT = Path(axe_playwright_python.__file__).parent / "axe.min.js"
AXE_RUN = """(options) => axe.run(document, options).then(
  ({violations}) => violations.flatMap(
    ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""


def axe_violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule; empty on an accessible page."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_source())
    lines: list[str] = page.evaluate(AXE_RUN, AXE_RULES)
    return lines


@cache
def _axe_source() -> str:
    return AXE_SCRIPT.read_text(encoding="utf-8")


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
