"""What a page asks of whoever meets it for the first time, read from its own forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser

TYPED, CHOICE, UPLOAD, DECLARATION = "typed", "choices", "uploads", "declarations"
# A date is one field in three boxes.
_PART_OF_DATE = re.compile(r"_(year|month|day)$")


class _Controls(HTMLParser):
    """The controls inside <main>: what each is, and which the page has answered already."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, str] = {}
        self.answered: set[str] = set()
        self._is_in_main = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = values.get("name", "")
        if tag == "main":
            self._is_in_main = True
        elif tag == "option" and self._select:
            if "selected" in values and values.get("value"):
                self.answered.add(self._select)
        elif not self._is_in_main or not name or values.get("type") == "hidden":
            return
        elif tag == "select":
            self.kinds[name], self._select = CHOICE, name
        elif tag == "textarea":
            self.kinds[name], self._area = TYPED, name
        elif tag == "input":
            self._note_input(name, values)

    def _note_input(self, name: str, values: dict[str, str]) -> None:
        kind = values.get("type", "text")
        if kind in {"radio", "checkbox"}:
            self.kinds[name] = CHOICE
            is_answered = "checked" in values
        else:
            self.kinds[name] = UPLOAD if kind == "file" else TYPED
            is_answered = bool(values.get("value"))
        if is_answered:
            self.answered.add(name)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "main":
            self._is_in_main = False

    def handle_data(self, data: str) -> None:
        if self._area and data.strip():
            self.answered.add(self._area)


def asked_of(html: str, filled: Iterable[str], *, is_pledge: bool = False) -> Counter[str]:
    """How much of each kind the page leaves to the applicant, among the fields filled in."""
    page = _Controls()
    page.feed(html)
    open_fields = {name for name in filled if name in page.kinds and name not in page.answered}
    fields = {_PART_OF_DATE.sub("", name): page.kinds[name] for name in open_fields}
    if is_pledge:
        fields = dict.fromkeys(fields, DECLARATION)
    return Counter(fields.values())


def boxes(html: str) -> dict[str, str]:
    """Every box that can be ticked in the page, with the value it sends."""
    return dict(re.findall(r'type="checkbox" name="(\w+)" value="([^"]+)"', html))
