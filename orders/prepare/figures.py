"""What the list says with figures of the settings in force: data/prepare.toml."""

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from beian.data_language import in_language
from beian.site_settings import setting
from orders.prepare.items import Item
from rules.row import Source
from rules.rule import Rule
from rules.topics import Topic

TIME: Topic = "time"
FILE = Path(__file__).parents[1] / "data" / "prepare.toml"


class Row(BaseModel):
    """See the head of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str
    en: str
    figures: dict[str, str]
    topic: Topic | None = None
    replaces: str | None = None
    source: Source | None = None


def with_figures(rules: Iterable[Rule], province: str) -> Iterator[tuple[Topic, Item]]:
    """The rows that hold for these rules, each under its heading."""
    by_key = {rule.row.key: rule for rule in rules}
    for row in rows():
        rule = by_key.get(row.replaces or "")
        source = row.source or (rule.row.source if rule else None)
        topic = row.topic or (rule.topic if rule else None)
        if source is not None and topic is not None and (rule or not row.replaces):
            item = Item(_text(row, province), (), source.title, source.retrieved.isoformat())
            yield topic, item._replace(is_ticked=topic != TIME)


def replaced() -> frozenset[str]:
    """Keys of the rules that are told here."""
    return frozenset(row.replaces for row in rows() if row.replaces)


def _text(row: Row, province: str) -> str:
    figures = {name: setting(key, province) for name, key in row.figures.items()}
    return in_language({"zh": row.zh, "en": row.en}).format_map(figures)


@cache
def rows() -> tuple[Row, ...]:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(Row.model_validate(row) for row in table["row"])
