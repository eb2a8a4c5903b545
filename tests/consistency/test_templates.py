"""Templates: all used, nothing inline, nothing foreign."""

from __future__ import annotations

import re

import pytest

from tests.consistency.sources import all_files, place, templates, text

NOT_ALLOWED = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "inline style": re.compile(r"<style\b|\sstyle=[\"']", re.I),
    "event attribute": re.compile(r"\son[a-z]+=[\"']", re.I),
    "script address": re.compile(r"[\"']javascript:", re.I),
    "foreign resource": re.compile(
        r"<(?:script|img|link|iframe|source)\b[^>]*\b(?:src|href)=[\"'](?:https?:)?//", re.I
    ),
}

LOOKED_UP_BY_DJANGO = {f"{name}.html" for name in ("400", "403", "403_csrf", "404", "500")}


def offences(template: str) -> list[str]:
    return [name for name, pattern in NOT_ALLOWED.items() if pattern.search(template)]


def test_templates_have_nothing_inline_and_nothing_foreign() -> None:
    wrong = {place(path): offences(text(path)) for path in templates() if offences(text(path))}

    assert wrong == {}


def test_every_template_is_used() -> None:
    users = {path: text(path) for path in all_files() if path.suffix in {".py", ".html"}}
    unused = [
        place(path)
        for path in templates()
        if _name(path) not in LOOKED_UP_BY_DJANGO
        and not any(_name(path) in source for user, source in users.items() if user != path)
    ]

    assert unused == []


def _name(path: object) -> str:
    """The name a view or another template uses: what follows the last `templates/` folder."""
    return str(path).rsplit("/templates/", 1)[1]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<script>alert(1)</script>", ["inline script"]),
        ('<p style="color: red">', ["inline style"]),
        ('<a onclick="go()">', ["event attribute"]),
        ('<a href="javascript:go()">', ["script address"]),
        ('<img src="https://example.com/a.png">', ["foreign resource"]),
        ('<script src="/static/js/page.js" defer></script>', []),
        ('<a href="https://beian.miit.gov.cn/">', []),
    ],
)
def test_offences_are_noticed(source: str, found: list[str]) -> None:
    assert offences(source) == found
