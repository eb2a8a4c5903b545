"""What is wrong with a page's markup, found by reading it once; nothing here needs a browser."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|%\(\w+\)[sd]")
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
# SVG is XML inside HTML: its elements close themselves.
IN_SVG = frozenset({"use", "path", "rect", "circle", "line", "polyline"})


@dataclass
class PostForm:
    """A form that changes something; `is_content` tells it from those of the page's frame."""

    action: str
    is_content: bool
    names: Counter[str] = field(default_factory=Counter)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.references: set[str] = set()
        self.forms: list[PostForm] = []
        self.title = self.lang = ""
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        # A drawing may have a title of its own.
        self.tags["svg title" if tag == "title" and self._is_inside("svg") else tag] += 1
        self._note_ids(values)
        self._note_inline(tag, values)
        self._note_dead_ends(tag, values)
        self._note_forms(tag, values)
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag not in VOID | IN_SVG:
            self.open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID | IN_SVG:
            return
        if not self.open or self.open[-1][0] != tag:
            inside = self.open[-1][0] if self.open else "nothing"
            self.wrong.append(f"</{tag}> closes <{inside}>")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "title" and not self._is_inside("svg"):
            self.title += data
        if found := BRACES.search(data):
            self.wrong.append(f"stray {found.group()} in {data.strip()[:60]!r}")

    def _is_inside(self, tag: str) -> bool:
        return any(name == tag for name, _values in self.open)

    def _note_ids(self, values: dict[str, str]) -> None:
        if values.get("id"):
            self.ids[values["id"]] += 1
        for name in REFERENCES:
            self.references.update(values.get(name, "").split())
        if values.get("href", "").startswith("#") and len(values["href"]) > 1:
            self.references.add(values["href"][1:])

    def _note_inline(self, tag: str, values: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and "src" not in values):
            self.wrong.append(f"inline <{tag}>")
        if tag in {"form", "input", "button"} and "required" in values:
            self.wrong.append(f"<{tag} required>: the server validates")
        for name, value in values.items():
            if name == "style" or name.startswith("on"):
                self.wrong.append(f"<{tag} {name}>")
            if BRACES.search(value):
                self.wrong.append(f"stray braces in <{tag} {name}>")

    def _note_forms(self, tag: str, values: dict[str, str]) -> None:
        if tag == "form" and values.get("method") == "post":
            self.forms.append(PostForm(values.get("action", ""), self._is_inside("main")))
        posts = any(of.get("method") == "post" for at, of in self.open if at == "form")
        if posts and values.get("name"):
            self.forms[-1].names[values["name"]] += 1

    def _note_dead_ends(self, tag: str, values: dict[str, str]) -> None:
        """Without script a link must lead somewhere and a button must belong to a form."""
        href = values.get("href", "")
        if tag == "a" and (href in {"", "#"} or href.startswith("javascript:")):
            self.wrong.append(f"<a href={href!r}> leads nowhere")
        is_hidden = any("hidden" in of for of in (values, *(of for _at, of in self.open)))
        is_enhancement = is_hidden or "aria-disabled" in values or "data-print" in values
        in_form = "form" in values or self._is_inside("form")
        if tag == "button" and not in_form and not is_enhancement:
            self.wrong.append(f"<button class={values.get('class')!r}> outside a form")


TOKENS = ("csrfmiddlewaretoken", "idempotency_key")


def post_forms(html: str) -> list[PostForm]:
    reader = _Reader()
    reader.feed(html)
    return reader.forms


def problems(html: str, language: str) -> list[str]:
    """Sentences about the page; empty when all is well."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    wrong = list(reader.wrong)
    wrong += [
        f"id {name!r} occurs {times} times" for name, times in reader.ids.items() if times > 1
    ]
    missing = sorted(reader.references - set(reader.ids))
    wrong += [f"nothing has the id {name!r}" for name in missing]
    wrong += [
        f"{reader.tags[tag]} <{tag}>" for tag in ("h1", "main", "title") if reader.tags[tag] != 1
    ]
    wrong += [
        f"form to {form.action!r} carries {form.names[name]} {name}"
        for form in reader.forms
        for name in TOKENS
        if form.names[name] != 1
    ]
    if reader.lang != {"zh-hans": "zh-Hans", "en": "en"}[language]:
        wrong.append(f"lang is {reader.lang!r}")
    if not reader.title.partition(" - ")[0].strip():
        wrong.append("the title says nothing")
    return wrong
