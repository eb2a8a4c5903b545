"""Filling in the forms of a page the wrong way, from what the page itself holds."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import HttpResponse

from tests.browser.pages import Kind

NONSENSE = "?! <b>x"
LEFT_ALONE = frozenset({"csrfmiddlewaretoken", "idempotency_key"})
TYPED = frozenset({"text", "tel", "email", "search", "url", "password", "number", "textarea"})


class _Forms(HTMLParser):
    """The controls of each post form that leads back to the page's own address."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.forms: list[list[dict[str, str]]] = []
        self._path = urlsplit(url).path
        self._is_in_main = self._is_in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._is_in_main = True
        elif tag == "form":
            leads_here = urlsplit(values.get("action") or self._path).path == self._path
            is_post = values.get("method") == "post"
            self._is_in_form = self._is_in_main and is_post and leads_here
            if self._is_in_form:
                self.forms.append([])
        elif self._is_in_form and tag in {"input", "select", "textarea", "button"}:
            self.forms[-1].append({"tag": tag, "name": "", "type": tag, **values})

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in_form = False


def filled_forms(response: HttpResponse, url: str, kind: Kind) -> Iterator[dict[str, str]]:
    """What each form of the page would send: nothing typed, or nonsense."""
    reader = _Forms(url)
    reader.feed(response.content.decode())
    for controls in reader.forms:
        named = [item for item in controls if item["name"] and item["name"] not in LEFT_ALONE]
        yield {**dict(_typed(named, kind)), **_pressed(controls)}


def _typed(controls: list[dict[str, str]], kind: Kind) -> Iterator[tuple[str, str]]:
    for control in controls:
        name, what, value = control["name"], control["type"], control.get("value", "")
        if what == "hidden":
            yield name, value
        elif what in TYPED:
            yield name, NONSENSE if kind is Kind.NONSENSE else ""
        elif kind is Kind.NONSENSE and what == "radio" and "disabled" not in control:
            yield name, value


def _pressed(controls: list[dict[str, str]]) -> dict[str, str]:
    """The button that finishes the form: the primary one."""
    buttons = [item for item in controls if item["tag"] == "button"]
    primary = [item for item in buttons if "button--primary" in item.get("class", "")]
    pressed = (primary or buttons or [{}])[0]
    return {pressed["name"]: pressed.get("value", "")} if pressed.get("name") else {}
