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

# Lets the page look at each stop as the key comes up again, and tells how far the target is: at
# least so many stops, so that nobody asks after each. A radio group is one stop: each of its
# buttons stands for all. What was looked at since the last time comes with it.
LOOK = """async ([target, pressed, leastOutline]) => {
  // Until all pictures have come a page still moves under whoever looks at it.
  if (document.readyState !== 'complete')
    await new Promise((done) => addEventListener('load', done, {once: true}));
  const isOut = (stop) =>
    !stop || stop === document.body || stop === document.documentElement;
  const isOneGroup = (one, other) => one?.type === 'radio' && other.type === 'radio'
    && one.name === other.name && one.form === other.form;
  const look = () => {
    const stop = document.activeElement;
    const wrong = [];
    if (isOut(stop)) {
      window.lastStop = null;
      return {isOutside: true, hasArrived: false, skipsTo: false, wrong};
    }
    const note = (isRight, text) => isRight || wrong.push(text);
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
    return {
      isOutside: false, wrong,
      name: wrong.length ? stop.outerHTML.slice(0, 160) : '',
      hasArrived: stop === window.target || isOneGroup(stop, window.target),
      skipsTo: stop.matches('.skip-link')
        && !!document.querySelector(stop.hash)?.contains(window.target),
    };
  };
  window.target = target;
  if (!window.stops) {
    window.stops = [];
    addEventListener('keyup', ({key}) => {
      if (key === 'Tab' || key === 'ArrowDown') window.stops.push(look());
    }, true);
  }
  // Who left the page has let the key go outside it.
  if (window.stops.length < pressed) window.stops.push(look());
  const from = document.activeElement;
  const isAhead = (one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const between = [...document.querySelectorAll('a[href], button, input, select, textarea')]
    .filter((one) => isAhead(from, one) && (isAhead(one, target) || !isAhead(from, target))
      && one.tabIndex === 0 && !one.disabled && one.checkVisibility()
      && (one.type !== 'radio' || one.checked) && !isOneGroup(one, target));
  return {
    stops: window.stops.splice(0),
    isThere: from === target,
    atLeast: isOut(from) ? 1 : between.length + 1,
  };
}"""

# Arrows down (or up, when less than zero) from the option chosen to the option wanted.
ARROWS_TO_OPTION = """(select, value) => {
  const options = [...select.options].filter((one) => !one.disabled);
  const place = (wanted) => options.findIndex((one) => one.value === wanted);
  return place(value) - place(select.value);
}"""


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
        self._press("ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
        assert wanted.input_value() == value, _name(wanted)

    def set_input_files(self, locator: Locator, files: FilePayload) -> None:
        self._reach(locator)
        with self.page.expect_file_chooser() as chooser:
            self._press("Space")
        chooser.value.set_files(files)

    def _reach(self, locator: Locator) -> ElementHandle:
        """Tab until the focus is where it should be, through the end of the page if need be."""
        wanted = locator.element_handle()
        here = self._look(wanted)
        if here["isThere"]:
            return wanted
        ends = 0
        for _time in range(MOST_STOPS):
            here = self._go(wanted, "Tab", here["atLeast"])
            stops = here["stops"]
            arrived = [place for place, stop in enumerate(stops, 1) if stop["hasArrived"]]
            if arrived:
                self._press("Shift+Tab", len(stops) - arrived[0])
                return wanted
            ends += sum(stop["isOutside"] for stop in stops)
            assert ends < 2, f"no Tab leads to {_name(wanted)} on {self.page.url}"
            if stops[-1]["skipsTo"]:
                here = self._skip_header(wanted)
        raise AssertionError(f"{MOST_STOPS} stops did not lead to {_name(wanted)}")

    def _go(self, wanted: ElementHandle, key: str, times: int = 1) -> dict[str, Any]:
        """So many stops further; each has to be one that a person sees."""
        self._press(key, times)
        here = self._look(wanted, times)
        for stop in here["stops"]:
            assert not stop["wrong"], f"{stop['name']} on {self.page.url}: {stop['wrong']}"
        return here

    def _look(self, wanted: ElementHandle, pressed: int = 0) -> dict[str, Any]:
        here: dict[str, Any] = self.page.evaluate(LOOK, [wanted, pressed, LEAST_OUTLINE_PX])
        return here

    def _skip_header(self, wanted: ElementHandle) -> dict[str, Any]:
        """Everybody goes through the header once and then knows it."""
        if self.has_seen_header:
            self._press("Enter")
        self.has_seen_header = True
        return self._look(wanted)

    def _go_in_group(self, wanted: ElementHandle) -> None:
        here = self._look(wanted)
        for _button in range(MOST_STOPS):
            if here["isThere"]:
                return
            here = self._go(wanted, "ArrowDown")
        raise AssertionError(f"no arrow leads to {_name(wanted)}")

    def _press(self, key: str, times: int = 1) -> None:
        for _time in range(times):
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
