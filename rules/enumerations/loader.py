"""Reads one list: TOML rows with code, key, zh, en, active, order, and what the list adds."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


class EnumerationError(ValueError):
    """A list file that cannot be used; the message names file and row."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `code` is the ministry's (empty where it has none), `key` is ours and stable."""

    key: str
    code: str
    zh: str
    en: str
    order: int
    active: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)

    def label(self, language: str = "zh") -> str:
        return self.zh if language.startswith("zh") else self.en


@cache
def read_list(name: str) -> tuple[Entry, ...]:
    """Return all rows of `<name>.toml`, inactive ones too, in their order."""
    with (HERE / f"{name}.toml").open("rb") as file:
        rows = tomllib.load(file)["entry"]
    entries = tuple(_entry(name, position, row) for position, row in enumerate(rows, start=1))
    keys = [entry.key for entry in entries]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise EnumerationError(f"{name}.toml: key used twice: {', '.join(sorted(twice))}")
    return tuple(sorted(entries, key=lambda entry: entry.order))


def _entry(name: str, position: int, row: dict[str, Any]) -> Entry:
    known = ("key", "code", "zh", "en", "order", "active")
    missing = [field for field in ("key", "code", "zh", "en") if field not in row]
    if missing:
        raise EnumerationError(f"{name}.toml, entry {position}: lacks {', '.join(missing)}")
    return Entry(
        key=row["key"],
        code=row["code"],
        zh=row["zh"],
        en=row["en"],
        order=row.get("order", position),
        active=row.get("active", True),
        more={key: value for key, value in row.items() if key not in known},
    )
