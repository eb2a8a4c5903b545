"""The keyboard of the journeys refuses pages that nobody could use with it."""

from __future__ import annotations

import pytest

GOOD = "<style>:focus-visible { outline: 3px solid; box-shadow: 0 0 0 2px }</style>"
WANTED = '<button id="wanted">下一步</button>'
LINK = '<a href="#">首页</a>'
UNSEEN = '<a href="#" style="outline: none">首页</a>'
TRAP = '<a href="#" onkeydown="event.preventDefault()">首页</a>'
BAR = '<div style="position: fixed; inset: 0; background: white"></div>'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<style>:focus-visible { outline: none }</style>" + WANTED, "outline"),
        (GOOD + LINK + LINK + UNSEEN + LINK + WANTED, "outline"),
        (GOOD + TRAP + WANTED, "Tab stays on it"),
        (GOOD + LINK + LINK + TRAP + LINK + WANTED, "Tab stays on it"),
        (GOOD + WANTED + BAR, "covered by"),
        (GOOD + '<p style="height: 0; overflow: hidden">' + WANTED, "covered by"),
        (GOOD + WANTED.replace("id=", "tabindex=-1 id="), "no Tab leads to"),
    ],
)
def test_page_that_a_keyboard_cannot_use_is_refused(visitor, content, complaint):
    page = visitor(hands="keyboard")
    page.set_content(content)

    with pytest.raises(AssertionError, match=complaint):
        page.locator("#wanted").click()


def test_keyboard_gets_to_what_is_ahead_and_to_what_is_behind(visitor):
    page = visitor(hands="keyboard")
    out_of_reach = f"<div inert>{LINK}{LINK}</div>"
    page.set_content(GOOD + WANTED + LINK + out_of_reach + '<input id="last">' + LINK)

    page.locator("#last").fill("后")
    page.locator("#wanted").focus()
    assert page.evaluate("document.activeElement.id") == "wanted"
    page.locator("#last").fill("前")

    assert page.locator("#last").input_value() == "前"
