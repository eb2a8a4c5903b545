"""Plain controls drawn without a template each: a form has dozens of them.

The markup is that of Django's own widget templates, which a test holds it to.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_FOLDER = "django/forms/widgets"
_NOTHING = mark_safe("")
INPUTS = (
    "text",
    "number",
    "email",
    "tel",
    "search",
    "url",
    "password",
    "checkbox",
    "radio",
    "checkbox_option",
    "radio_option",
    "hidden",
)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    # Every part is drawn here and escaped already.
    return mark_safe("".join(parts))  # noqa: S308


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    """In the order given; True stands alone, False is left out."""
    return _joined(_attribute(name, value) for name, value in attrs.items() if value is not False)


def _attribute(name: str, value: object) -> SafeString:
    return format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        _NOTHING if value is None else format_html(' value="{}"', value),
        _attributes(widget["attrs"]),
    )


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        _attributes(widget["attrs"]),
        widget["value"] or "",
    )


def _option(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '\n  <option value="{}"{}>{}</option>\n',
        widget["value"],
        _attributes(widget["attrs"]),
        widget["label"],
    )


def _group(name: str | None, options: list[Mapping[str, Any]]) -> SafeString:
    drawn = _joined(_option(option) for option in options)
    if not name:
        return drawn
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, drawn)


def _select(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<select name="{}"{}>{}\n</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        _joined(_group(name, options) for name, options, _index in widget["optgroups"]),
    )


PLAIN: dict[str, Callable[[Mapping[str, Any]], SafeString]] = {
    **{f"{_FOLDER}/{name}.html": _input for name in ("input", *INPUTS)},
    f"{_FOLDER}/textarea.html": _textarea,
    f"{_FOLDER}/select.html": _select,
}
