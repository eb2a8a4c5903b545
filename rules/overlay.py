"""Rows that operators put in the place of shipped ones, laid over the shipped rules.

An overlay carries a whole row in the shape of the data files. Whoever keeps overlays says which of
them are in force; here they are only checked and laid on.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rules.loader import RuleDataError, read_rule
from rules.regions import PROVINCE_DIGITS
from rules.rule import Rule
from rules.rule_set import RuleSet

Table = Mapping[str, Any]
VERSION_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Overlay:
    """`row` None: the shipped row holds again, or none where none is shipped."""

    key: str
    row: Table | None


@dataclass(frozen=True, slots=True)
class Layered:
    """`unusable` are overlays this release cannot read any more, by key; the shipped row holds."""

    rule_set: RuleSet
    unusable: dict[str, RuleDataError] = field(default_factory=dict)


def province_of_key(key: str) -> str | None:
    """Whose file a rule belongs to: "44" for "44-03/photo", None for a national one."""
    return None if key.startswith("N") else key[:PROVINCE_DIGITS]


def table_of(rule: Rule) -> dict[str, Any]:
    """The row as a data file has it, without what is left at its default; dates as ISO texts."""
    return rule.row.model_dump(mode="json", exclude_defaults=True)


def digest_of(table: Table | None) -> str:
    """Tells two rows apart by content; "" for no row."""
    if table is None:
        return ""
    text = json.dumps(table, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rule_of(table: Table, *, place: str = "") -> Rule:
    """Check a row as the loader checks one of a file; raises RuleDataError."""
    return read_rule(place, table, province_of_key(str(table.get("id", ""))))


def laid_over(base: RuleSet, overlays: Iterable[Overlay]) -> Layered:
    """Return `base` with the rows of `overlays`, one per key, in the place of its own.

    The version says base and overlays; without overlays it is that of the base.
    """
    rules = {rule.row.key: rule for rule in base.rules}
    unusable: dict[str, RuleDataError] = {}
    laid = sorted((each for each in overlays if each.row is not None), key=lambda each: each.key)
    with base.lists_in_use():
        for overlay in laid:
            try:
                rules[overlay.key] = rule_of(overlay.row or {}, place=overlay.key)
            except RuleDataError as error:
                unusable[overlay.key] = error
    version = _version(base, laid)
    return Layered(RuleSet(rules.values(), version=version, lists=base.lists), unusable)


def _version(base: RuleSet, laid: list[Overlay]) -> str:
    if not laid:
        return base.version
    lines = [base.version, *(f"{each.key} {digest_of(each.row)}" for each in laid)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:VERSION_LENGTH]
