"""Sample filings on which an edited rule is tested (data/rule_samples.toml)."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from beian.data_language import in_language
from rules.regions import cities_of, provinces

FILE = Path(__file__).parents[1] / "data" / "rule_samples.toml"
ORDER_TYPE = "first"
_AWAY = re.compile(r"\$(years|days)([+-]\d+)")


@dataclass(frozen=True)
class Sample:
    """`facts` with placeholders, `title` {"zh": …, "en": …}, `materials` keys of papers."""

    key: str
    title: Mapping[str, str]
    facts: Mapping[str, Any]
    order_type: str = ORDER_TYPE
    materials: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return in_language(self.title)

    def facts_in(self, province: str, today: date) -> dict[str, Any]:
        """The facts of such a filing in a province, as if it were filed today."""
        places = {
            "$province": province,
            "$city": cities_of(province)[0].code,
            "$other_city": cities_of(province)[-1].code,
            "$elsewhere": next(code for code in provinces() if code != province),
        }
        return {name: _filled(value, places, today) for name, value in self.facts.items()}


def _filled(value: Any, places: Mapping[str, str], today: date) -> Any:
    if not isinstance(value, str):
        return value
    away = _AWAY.fullmatch(value)
    if away is None:
        return places.get(value, value)
    count = int(away[2])
    if away[1] == "days":
        return (today + timedelta(days=count)).isoformat()
    # The first of the month: a day that is there in every year.
    return today.replace(year=today.year + count, day=1).isoformat()


@cache
def samples() -> dict[str, Sample]:
    """All samples by key, in the order of the file."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {sample.key: sample for sample in _read(data)}


def _read(data: Mapping[str, Any]) -> Iterator[Sample]:
    facts: dict[str, Mapping[str, Any]] = {}
    for row in data["sample"]:
        begins = facts[row["like"]] if "like" in row else data["base"]
        facts[row["key"]] = own = {**begins, **row["facts"]}
        order_type = row.get("order_type", ORDER_TYPE)
        yield Sample(row["key"], row["title"], own, order_type, tuple(row.get("materials", ())))
