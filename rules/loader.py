"""Reads rule files into a rule set, or says which row of which file is wrong and why."""

import hashlib
import string
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from rules.kinds import KINDS
from rules.regions import provinces
from rules.row import RuleRow, RuleText, Title
from rules.rule import Rule
from rules.rule_set import RuleSet
from rules.vocabulary import FACTS

DATA = Path(__file__).parent / "data"
NATIONAL = "national.toml"
# Everything that decides what the rules say, and so belongs to their version.
DATA_PATTERNS = ("national.toml", "provinces/*.toml", "words.toml", "suffixes.toml", "*.csv")


class RuleDataError(ValueError):
    """A rule file that cannot be used; the message names file, row and fault."""


@cache
def shipped_rule_set() -> RuleSet:
    """Return the rules that came with the product, read once per process."""
    return load_rule_set(DATA)


def load_rule_set(folder: Path) -> RuleSet:
    """Read `national.toml` and every `provinces/*.toml` of a folder.

    Raises RuleDataError for the first row that is not sound.
    """
    rules = [*_read(folder / NATIONAL, None)]
    for path in sorted((folder / "provinces").glob("*.toml")):
        rules += _read(path, _province_of(path))
    _refuse_twins(rules)
    return RuleSet(rules, version=_version(folder))


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for pattern in DATA_PATTERNS:
        for path in sorted(folder.glob(pattern)):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _province_of(path: Path) -> str:
    """A province's file starts with its code: 44-guangdong.toml."""
    code = path.name[:2]
    if code not in provinces():
        raise RuleDataError(f"{path.name}: {code} is no province")
    return code


def _read(path: Path, province: str | None) -> Iterable[Rule]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise RuleDataError(f"{path.name}: {error}") from error
    for position, table in enumerate(tables, start=1):
        yield _rule(f"{path.name}, rule {table.get('id', position)}", table, province)


def _rule(place: str, table: dict[str, object], province: str | None) -> Rule:
    try:
        row = RuleRow.model_validate(table)
        if not row.id.startswith("N" if province is None else f"{province}-"):
            raise RuleDataError(f"{place}: the id belongs to another file")
        kind = None
        if row.kind is not None:
            if row.kind not in KINDS:
                raise RuleDataError(f'{place}: unknown kind "{row.kind}"')
            kind = KINDS[row.kind].model_validate(row.params)
    except ValidationError as error:
        raise RuleDataError(f"{place}: {_faults(error)}") from error
    rule = Rule(row=row, kind=kind, province=province)
    _check_titles(place, rule)
    _check_texts(place, rule)
    return rule


def _faults(error: ValidationError) -> str:
    return "; ".join(
        ".".join(map(str, fault["loc"])) + ": " + fault["msg"] for fault in error.errors()
    )


def _check_titles(place: str, rule: Rule) -> None:
    words = set(type(rule.kind).model_fields) if rule.kind is not None else set()
    for title in (rule.row.title, rule.row.personal.title):
        strange = _placeholders(title) - words if title is not None else set()
        if strange:
            raise RuleDataError(f"{place}, title: nothing fills {sorted(strange)}")


def _check_texts(place: str, rule: Rule) -> None:
    if rule.kind is None or rule.row.outcome == "ok":
        return
    needed = set(rule.kind.abouts())
    texts = set(rule.row.text)
    if "default" not in texts and needed - texts:
        raise RuleDataError(f"{place}: no text for {', '.join(sorted(needed - texts))}")
    strangers = (texts | set(rule.row.personal.text)) - needed - {"default"}
    if strangers:
        raise RuleDataError(f"{place}: text for unknown {', '.join(sorted(strangers))}")
    words = set(rule.kind.values) | set(type(rule.kind).model_fields)
    for about, text in (*rule.row.text.items(), *rule.row.personal.text.items()):
        strange = _placeholders(text) - words
        if strange:
            raise RuleDataError(f"{place}, text {about}: nothing fills {sorted(strange)}")
    unknown = [fact for fact in rule.kind.reads() if fact not in FACTS]
    if unknown:
        raise RuleDataError(f"{place}: unknown facts {unknown}")


def _placeholders(text: RuleText | Title) -> set[str]:
    parts = (part for value in text.model_dump().values() for part in FORMATTER.parse(value))
    return {name for _, name, _, _ in parts if name is not None}


def _refuse_twins(rules: list[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.row.key in seen:
            raise RuleDataError(f"rule {rule.row.key} stands twice: give the rows a part")
        seen.add(rule.row.key)


FORMATTER = string.Formatter()
