"""What the page itself would send: the controls of its forms and the queries of its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

Pairs = list[tuple[str, str]]


@dataclass
class PageForms:
    """`posts` holds the controls of each form that posts; `queries` those of links and searches.

    `actions` says where each of `posts` goes, "" for the page itself.
    """

    posts: list[Pairs] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    queries: Pairs = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = PageForms()
        self.form: Pairs | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: content or "" for name, content in attrs}
        if tag == "form":
            self._begin(values)
        elif tag == "a":
            self.found.queries += parse_qsl(urlsplit(values.get("href", "")).query)
        elif tag == "select":
            self.select = values.get("name", "")
        elif tag == "option":
            self._note(self.select, values.get("value", ""))
        elif tag in {"input", "textarea", "button"}:
            self._note(values.get("name", ""), values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def _begin(self, values: dict[str, str]) -> None:
        self.form = []
        if values.get("method", "").lower() == "post":
            self.found.posts.append(self.form)
            self.found.actions.append(urlsplit(values.get("action", "")).path)
        else:
            self.form = self.found.queries

    def _note(self, name: str, content: str) -> None:
        if self.form is not None and name:
            self.form.append((name, content))


def read_forms(html: str) -> PageForms:
    reader = _Reader()
    reader.feed(html)
    return reader.found
