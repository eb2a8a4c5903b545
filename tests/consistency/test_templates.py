"""Templates: all used, nothing inline, nothing foreign."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.consistency.sources import (
    ROOMS,
    all_files,
    place,
    python_files,
    templates,
    text,
    tree,
)

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
    chosen = [pattern for path in python_files(*ROOMS) for pattern in chosen_names(tree(path))]
    unused = [
        place(path)
        for path in templates()
        if _name(path) not in LOOKED_UP_BY_DJANGO
        and not any(pattern.fullmatch(_name(path)) for pattern in chosen)
        and not any(_name(path) in source for user, source in users.items() if user != path)
    ]

    assert unused == []


def chosen_names(module: ast.Module) -> Iterator[re.Pattern[str]]:
    """Names put together at run time, f"orders/sms/{stage}.html", as patterns."""
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+"
                for part in node.values
            ]
            if parts[-1].endswith(r"\.html"):
                yield re.compile("".join(parts))


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


def test_name_put_together_at_run_time_counts_as_use() -> None:
    patterns = list(chosen_names(ast.parse('render(request, f"orders/sms/{stage}.html")')))

    assert [bool(p.fullmatch("orders/sms/enter_code.html")) for p in patterns] == [True]
    assert [bool(p.fullmatch("orders/desk/case.html")) for p in patterns] == [False]
