"""Looking at a page of the album at one width, in one theme and one language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product

from playwright.sync_api import Page, sync_playwright

from tests.browser.album import Album
from tests.browser.chromium import collect_complaints, launch
from tests.browser.helpers import axe_violations, overflows
from tests.browser.serving import served

WIDTHS, THEMES, LANGUAGES = (1280, 360), ("light", "dark"), ("zh-hans", "en")
COMBINATIONS = tuple(
    (width, theme, language) for language, width, theme in product(LANGUAGES, WIDTHS, THEMES)
)
# A second width beside each, at which only sideways scrolling is looked for: it costs no load.
BESIDE = {1280: 1440, 360: 320}
LEAST_MAIN_BUTTON_PX = 44

# Text a person reads or hears, without what is marked as Chinese.
CHINESE_TEXTS = """() => {
  const found = [];
  const isMarked = (node) => node.closest('[lang]').lang.startsWith('zh');
  const note = (text, node) => {
    if (/[\\u3400-\\u9fff]/.test(text || '') && !isMarked(node)) found.push(text.trim());
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) note(walker.currentNode.data, walker.currentNode.parentElement);
  for (const node of document.querySelectorAll('[aria-label], [alt], [title], [placeholder]'))
    for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
      note(node.getAttribute(name), node);
  return found;
}"""
END_TRANSITIONS = """() => document.getAnimations()
  .filter((one) => one instanceof CSSTransition)
  .forEach((one) => one.finish())"""
SMALL_MAIN_BUTTONS = """(least) => [...document.querySelectorAll('body:not(.staff) .button')]
  .filter((node) => node.offsetParent && node.getBoundingClientRect().height < least)
  .map((node) => `${node.className}: ${node.textContent.trim()}`)"""


# An English sentence may quote what stands on a Chinese paper.
QUOTED = re.compile(r"“[^”]*”|\([^()]*\)")
LATIN = re.compile(r"[A-Za-z]{2}")
FILING_NUMBER = re.compile(r"(?:\wICP备|\w公网安备|…)\d+号(?:-\d+)?")
MASKED_NAME = re.compile(r"\w\*+")


@dataclass
class Looker:
    """One tab of one browser; `said` holds a line for each thing that is wrong."""

    page: Page
    address: str
    album: Album
    complaints: list[str]
    said: list[str] = field(default_factory=list)
    tally: Counter[str] = field(default_factory=Counter)
    shown: tuple[int, str] | None = None

    def look(self, number: int, combination: tuple[int, str, str]) -> None:
        """Widths and themes of a page in one language follow each other on one load."""
        width, theme, language = combination
        self.complaints.clear()
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=theme)
        if self.shown != (number, language):
            self.page.goto(f"{self.address}/page/{number}/{language}")
            self.shown = (number, language)
        # Colours on their way from one theme to the other belong to neither.
        self.page.evaluate(END_TRANSITIONS)
        wrong = {"axe": axe_violations(self.page), "complaints": list(self.complaints)}
        wrong["too_wide"] = self._too_wide(width)
        wrong["small_targets"] = self.page.evaluate(SMALL_MAIN_BUTTONS, LEAST_MAIN_BUTTON_PX)
        wrong["untranslated"] = self._untranslated() if language == "en" else []
        where = f"{self.album.pages[number]} @ {width} {theme} {language}"
        self.tally["looks"] += 1
        for kind, lines in wrong.items():
            self.note(kind, lines, where)

    def note(self, kind: str, lines: list[str], where: str) -> None:
        self.tally[kind] += len(lines)
        self.said += [f"{kind}: {line} [{where}]" for line in lines]

    def _too_wide(self, width: int) -> list[str]:
        found = [f"scrolls sideways at {width}"] if overflows(self.page) else []
        self.page.set_viewport_size({"width": BESIDE[width], "height": 900})
        if overflows(self.page):
            found.append(f"scrolls sideways at {BESIDE[width]}")
        return found

    def _untranslated(self) -> list[str]:
        texts = self.page.evaluate(CHINESE_TEXTS)
        return [text for text in texts if _has_chinese(self._without_known(text))]

    def _without_known(self, text: str) -> str:
        for word in sorted(self.album.known, key=len, reverse=True):
            text = text.replace(word, "")
        text = FILING_NUMBER.sub("", MASKED_NAME.sub("", text))
        return QUOTED.sub("", text) if LATIN.search(text) else text


def _has_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


@contextmanager
def looker(album: Album) -> Iterator[Looker]:
    """A browser in front of the album. No database work inside: its event loop forbids it."""
    with served(album) as address, sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context(timezone_id="Asia/Shanghai")
        page, complaints = context.new_page(), []
        collect_complaints(page, complaints)
        yield Looker(page, address, album, complaints)
        browser.close()
