"""Writes rows as a data file has them, so that what was exported can be read again."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules.overlay import Table

# Written inside the row's own table; what is left out here is a table of its own.
_DAYS = ("valid_from", "valid_to")


def toml_of(rows: Iterable[Table]) -> str:
    """Return a rule file with these rows, in their order."""
    return "\n".join(_row(row) for row in rows)


def _row(row: Table) -> str:
    lines = ["[[rule]]"]
    lines += [f"{name} = {_value(_day(name, value))}" for name, value in row.items() if _own(value)]
    for name, value in row.items():
        if not _own(value):
            lines += _table(f"rule.{name}", value)
    return "\n".join(lines) + "\n"


def _day(name: str, value: Any) -> Any:
    """Days of the row are dates in a file and texts in JSON."""
    return date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value


def _own(value: Any) -> bool:
    """Whether a value fits on the row's own line: tables of tables do not."""
    return not isinstance(value, Mapping) or not any(map(_is_deep, value.values()))


def _is_deep(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value)
    )


def _table(path: str, table: Mapping[str, Any]) -> list[str]:
    plain = {name: value for name, value in table.items() if not isinstance(value, Mapping)}
    lines = [f"[{path}]", *(f"{_key(name)} = {_value(value)}" for name, value in plain.items())]
    for name, value in table.items():
        if isinstance(value, Mapping):
            lines += _table(f"{path}.{_key(name)}", value)
    return lines if plain or len(lines) == 1 else lines[1:]


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if is_bare else _value(name)


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case Mapping():
            return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case int() | float():
            return str(value)
        case _:
            # JSON's escapes are all escapes of a basic string, but for the delete character.
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
