"""Hands that never touch a pointer: for a visitor who has only the keyboard.

The walks stay as they are. What they ask of an element (fill, check, click …) is done with Tab,
Enter, Space, arrows and letters, and every stop on the way has to be one that a person sees.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import ElementHandle, FilePayload, Locator, Page

# More stops than any page has: who gets so far goes round in circles.
MOST_STOPS = 200
# What the product's indicator is made of at least.
LEAST_OUTLINE_PX = 2

# How the element that has the focus stands to the one that is wanted, and what is wrong with it.
# A radio group is one stop: each of its buttons stands for all.
STOP = """([target, leastOutline]) => {
  const stop = document.activeElement;
  const isOutside = !stop || stop === document.body || stop === document.documentElement;
  const isGroup = stop?.type === 'radio' && target.type === 'radio'
    && stop.name === target.name && stop.form === target.form;
  const known = {
    isOutside,
    hasArrived: stop === target || isGroup,
    skipsTo: stop?.matches('.skip-link')
      && !!document.querySelector(stop.hash)?.contains(target),
    wrong: [],
  };
  if (isOutside) {
    window.lastStop = null;
    return known;
  }
  const note = (isRight, text) => isRight || known.wrong.push(text);
  note(window.lastStop !== stop, 'Tab stays on it');
  window.lastStop = stop;
  const style = getComputedStyle(stop);
  note(stop.matches(':focus-visible'), 'not :focus-visible');
  note(style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= leastOutline,
    `outline ${style.outline}`);
  note(style.boxShadow !== 'none', 'no ring inside the outline');
  const [whole = new DOMRect()] = stop.getClientRects();
  // Of a text area the browser brings the line of the caret into view, no more.
  const height = Math.min(whole.height, stop.type === 'textarea' ? 32 : innerHeight);
  const box = {
    left: Math.max(whole.left, 0), right: Math.min(whole.right, innerWidth),
    top: Math.max(whole.top, 0), bottom: Math.min(whole.top + height, innerHeight),
  };
  const isIn = box.right - box.left > 1 && box.bottom - box.top > Math.max(height - 1, 1);
  note(isIn, 'outside the window or without a size');
  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const points = [[x, y], [box.left + 2, y], [box.right - 2, y], [x, box.top + 2],
    [x, box.bottom - 2]];
  for (const point of isIn ? points : []) {
    const seen = document.elementFromPoint(...point);
    note(stop.contains(seen), `covered by ${seen?.outerHTML.slice(0, 80)}`);
  }
  if (known.wrong.length) known.name = stop.outerHTML.slice(0, 160);
  return known;
}"""

# Arrows down (or up, when less than zero) from the option chosen to the option wanted.
ARROWS_TO_OPTION = """(select, value) => {
  const options = [...select.options].filter((one) => !one.disabled);
  const place = (wanted) => options.findIndex((one) => one.value === wanted);
  return place(value) - place(select.value);
}"""
IS_FOCUSED = "(node) => node === document.activeElement"


class Keyboard:
    """One visitor's hands; each act is called like the one of Locator it stands for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        # Somebody always waits for it: otherwise the browser is told too late to hand it over.
        page.on("filechooser", lambda _chooser: None)
        self.has_seen_header = False

    def focus(self, locator: Locator) -> None:
        self._reach(locator)

    def fill(self, locator: Locator, value: str) -> None:
        self._reach(locator)
        self._press("Control+A")
        if value:
            self.page.keyboard.type(value)
        else:
            self._press("Delete")

    def check(self, locator: Locator) -> None:
        wanted = self._reach(locator)
        if wanted.get_attribute("type") == "radio":
            self._go_in_group(wanted)
        if not wanted.is_checked():
            self._press("Space")
        assert wanted.is_checked(), _name(wanted)

    def click(self, locator: Locator) -> None:
        self._reach(locator)
        self._press("Enter")

    def dblclick(self, locator: Locator) -> None:
        self.click(locator)
        self._press("Enter")

    def select_option(self, locator: Locator, value: str) -> None:
        wanted = self._reach(locator)
        steps = wanted.evaluate(ARROWS_TO_OPTION, value)
        for _step in range(abs(steps)):
            self._press("ArrowDown" if steps > 0 else "ArrowUp")
        assert wanted.input_value() == value, _name(wanted)

    def set_input_files(self, locator: Locator, files: FilePayload) -> None:
        self._reach(locator)
        with self.page.expect_file_chooser() as chooser:
            self._press("Space")
        chooser.value.set_files(files)

    def _reach(self, locator: Locator) -> ElementHandle:
        """Tab until the focus is where it should be, through the end of the page if need be."""
        wanted = locator.element_handle()
        if wanted.evaluate(IS_FOCUSED):
            return wanted
        ends = 0
        for _stop in range(MOST_STOPS):
            stop = self._tab(wanted)
            if stop["hasArrived"]:
                return wanted
            ends += stop["isOutside"]
            assert ends < 2, f"no Tab leads to {_name(wanted)} on {self.page.url}"
            if stop["skipsTo"]:
                self._skip_header()
        raise AssertionError(f"{MOST_STOPS} stops did not lead to {_name(wanted)}")

    def _tab(self, wanted: ElementHandle, key: str = "Tab") -> dict[str, Any]:
        """One stop further; it has to be one that a person sees."""
        self._press(key)
        stop: dict[str, Any] = self.page.evaluate(STOP, [wanted, LEAST_OUTLINE_PX])
        assert not stop["wrong"], f"{stop['name']} on {self.page.url}: {stop['wrong']}"
        return stop

    def _skip_header(self) -> None:
        """Everybody goes through the header once and then knows it."""
        if self.has_seen_header:
            self._press("Enter")
        self.has_seen_header = True

    def _go_in_group(self, wanted: ElementHandle) -> None:
        for _button in range(MOST_STOPS):
            if wanted.evaluate(IS_FOCUSED):
                return
            self._tab(wanted, "ArrowDown")
        raise AssertionError(f"no arrow leads to {_name(wanted)}")

    def _press(self, key: str) -> None:
        self.page.keyboard.press(key)


ACTS = ("focus", "fill", "check", "click", "dblclick", "select_option", "set_input_files")


def put_in_hands(patch: pytest.MonkeyPatch, keyboards: dict[Page, Keyboard]) -> None:
    """From now on the pages of `keyboards` are worked by their keyboard, the others as before."""
    for name in ACTS:
        patch.setattr(Locator, name, _by_whom(name, keyboards))


def _by_whom(name: str, keyboards: dict[Page, Keyboard]) -> Callable[..., Any]:
    by_pointer = getattr(Locator, name)

    def act(locator: Locator, *values: Any, **options: Any) -> Any:
        keyboard = keyboards.get(locator.page)
        done = getattr(keyboard, name) if keyboard else by_pointer
        return done(locator, *values, **options)

    return act


def _name(element: ElementHandle) -> str:
    return str(element.evaluate("(node) => node.outerHTML.slice(0, 160)"))
