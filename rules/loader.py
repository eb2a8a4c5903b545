"""Reads rule files into a rule set, or says which row of which file is wrong and why."""

import hashlib
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from rules.kinds import KINDS, Kind
from rules.plain import placeholders, strange_in
from rules.regions import provinces
from rules.row import RuleRow, RuleText, Title
from rules.rule import Rule
from rules.rule_set import RuleSet
from rules.slots import is_slot
from rules.vocabulary import FACTS, known_paths

Item = TypeVar("Item")

DATA = Path(__file__).parent / "data"
NATIONAL = "national.toml"
# Where pydantic tells the limit that was passed.
_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length")
# Everything that decides what the rules say, and so belongs to their version.
DATA_PATTERNS = ("national.toml", "provinces/*.toml", "words.toml", "suffixes.toml", "*.csv")


@dataclass(frozen=True, slots=True)
class Fault:
    """`field` is the path inside the row ("" for the row as a whole), `code` tells sorts apart,
    `about` is what the words speak of: names, or the limit that was passed."""

    field: str
    code: str
    words: str
    about: str = ""


class RuleDataError(ValueError):
    """A rule file that cannot be used; the message names file, row and fault.

    `place` is the file and row, `faults` what is wrong there.
    """

    def __init__(self, place: str, *faults: Fault) -> None:
        words = "; ".join(f"{f.field}: {f.words}" if f.field else f.words for f in faults)
        super().__init__(f"{place}: {words}" if place else words)
        self.place = place
        self.faults = faults


def _refusal(
    place: str, code: str, words: str, field: str = "", about: Iterable[str] = ()
) -> RuleDataError:
    return RuleDataError(place, Fault(field, code, words, ", ".join(sorted(about))))


@cache
def shipped_rule_set() -> RuleSet:
    """Return the rules that came with the product, read once per process."""
    return load_rule_set(DATA)


def load_rule_set(folder: Path) -> RuleSet:
    """Read `national.toml` and every `provinces/*.toml` of a folder.

    Raises RuleDataError for every row that is not sound, all at once.
    """
    paths = sorted((folder / "provinces").glob("*.toml"))
    files = [(folder / NATIONAL, None), *((path, _province_of(path)) for path in paths)]
    rules = _each_sound(lambda file: _read(*file), files)
    refuse_twins(rules)
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
        raise _refusal(path.name, "no_province", f"{code} is no province")
    return code


def _each_sound(read: Callable[[Item], Iterable[Rule]], items: Iterable[Item]) -> list[Rule]:
    """What all the items hold; raises one RuleDataError for the faults of all of them."""
    rules: list[Rule] = []
    refusals: list[RuleDataError] = []
    for item in items:
        try:
            rules += read(item)
        except RuleDataError as error:
            refusals.append(error)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        raise RuleDataError("", *(Fault("", each.faults[0].code, str(each)) for each in refusals))
    return rules


def _read(path: Path, province: str | None) -> Iterable[Rule]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _refusal(path.name, "toml", f"no text in UTF-8: {error.reason}") from error
    return read_rules(text, path.name, province)


def read_rules(text: str, name: str, province: str | None) -> list[Rule]:
    """Read the text of one rule file; `name` is what a RuleDataError calls it, `province` whose
    file it is (None: the national one)."""
    return _each_sound(lambda row: [read_rule(*row, province)], read_tables(text, name))


def read_tables(text: str, name: str) -> list[tuple[str, dict[str, Any]]]:
    """The rows of a file, unchecked, each with what a RuleDataError calls it."""
    try:
        parsed = tomllib.loads(text)
    except RecursionError as error:
        raise _refusal(name, "too_deep", "tables or lists nested too deep") from error
    except ValueError as error:
        # TOMLDecodeError is one; a number of thousands of digits is another.
        raise _refusal(name, "toml", str(error)) from error
    strangers = set(parsed) - {"rule"}
    if strangers:
        words = f"a rule file holds [[rule]] only, not {', '.join(sorted(strangers))}"
        raise _refusal(name, "strange_key", words, about=strangers)
    tables = parsed.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise _refusal(name, "toml", "rules are tables called [[rule]]")
    return [
        (f"{name}, rule {table.get('id', position)}", table)
        for position, table in enumerate(tables, start=1)
    ]


def read_rule(place: str, table: Mapping[str, Any], province: str | None) -> Rule:
    """Check one row and join it with its kind; raises RuleDataError that names `place`."""
    strange = [Fault(*each) for each in strange_in(table)]
    if strange:
        raise RuleDataError(place, *strange)
    try:
        row = RuleRow.model_validate(table)
        if not row.id.startswith("N" if province is None else f"{province}-"):
            raise _refusal(place, "other_file", "the id belongs to another file", "id")
        kind = None
        if row.kind is not None:
            if row.kind not in KINDS:
                words = f'unknown kind "{row.kind}"'
                raise _refusal(place, "no_kind", words, "kind", [row.kind])
            kind = KINDS[row.kind].model_validate(row.params)
    except ValidationError as error:
        raise RuleDataError(place, *_faults(error)) from error
    rule = Rule(row=row, kind=kind, province=province)
    _check_days(place, row)
    _check_objection(place, rule)
    _check_places(place, row)
    _check_titles(place, rule)
    _check_texts(place, rule)
    return rule


def _faults(error: ValidationError) -> list[Fault]:
    """Those of the parameters are told from those of the row by the name of the model."""
    inside = "" if error.title == RuleRow.__name__ else "params."
    found = error.errors()
    return [
        Fault(inside + _path(fault), fault["type"], fault["msg"], _limit(fault))
        for fault in found
        if not _is_echo(fault, found)
    ]


def _path(fault: ErrorDetails) -> str:
    return ".".join(map(str, fault["loc"]))


def _limit(fault: ErrorDetails) -> str:
    context = fault.get("ctx", {})
    return next((str(context[name]) for name in _LIMITS if name in context), "")


def _is_echo(fault: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because what stands in it was refused."""
    inner = (each["loc"][: len(fault["loc"])] for each in found if each is not fault)
    return fault["type"] == "too_short" and fault["loc"] in inner


def _check_days(place: str, row: RuleRow) -> None:
    if row.valid_from is not None and row.valid_to is not None and row.valid_to < row.valid_from:
        raise _refusal(place, "days_reversed", "valid_to lies before valid_from", "valid_to")


def _check_objection(place: str, rule: Rule) -> None:
    """Refuse a way out of what stops nobody, of what is sure, and of what replaces nothing."""
    row = rule.row
    if row.takes_objection and (row.outcome != "block" or row.confidence == "high"):
        words = "only a block that is not of high confidence takes an objection"
        raise _refusal(place, "no_objection", words, "takes_objection")
    if row.takes_objection and rule.province is None:
        words = "a national rule takes no other's place"
        raise _refusal(place, "national_objection", words, "takes_objection")


def _check_places(place: str, row: RuleRow) -> None:
    """Refuse a slot and paths that are nowhere: nothing would be replaced, or shown."""
    if row.slot is not None and not is_slot(row.slot):
        words = f'unknown slot "{row.slot}"'
        raise _refusal(place, "no_slot", words, "slot", [row.slot])
    strange = set(row.paths) - known_paths()
    if strange:
        words = f"unknown paths {sorted(strange)}"
        raise _refusal(place, "no_path", words, "paths", strange)


def _check_titles(place: str, rule: Rule) -> None:
    words = _figures_of(rule.kind) if rule.kind is not None else set()
    for title, field in ((rule.row.title, "title"), (rule.row.personal.title, "personal.title")):
        if title is not None:
            _check_filled(place, title, words, field)


def _check_texts(place: str, rule: Rule) -> None:
    if rule.kind is None or rule.row.outcome == "ok":
        return
    needed = set(rule.kind.abouts())
    texts = set(rule.row.text)
    if "default" not in texts and needed - texts:
        words = f"no text for {', '.join(sorted(needed - texts))}"
        raise _refusal(place, "no_text", words, "text", needed - texts)
    strangers = (texts | set(rule.row.personal.text)) - needed - {"default"}
    if strangers:
        words = f"text for unknown {', '.join(sorted(strangers))}"
        raise _refusal(place, "strange_text", words, "text", strangers)
    known = set(rule.kind.values) | _figures_of(rule.kind)
    for about, text in rule.row.text.items():
        _check_filled(place, text, known, f"text.{about}")
    for about, text in rule.row.personal.text.items():
        _check_filled(place, text, known, f"personal.text.{about}")
    unknown = [fact for fact in rule.kind.reads() if fact not in FACTS]
    if unknown:
        raise _refusal(place, "no_fact", f"unknown facts {unknown}", "params", unknown)


def _figures_of(kind: Kind) -> set[str]:
    """Parameters that read as words: one that is left out, a list or a yes does not."""
    values = {name: getattr(kind, name) for name in type(kind).model_fields}
    return {
        name
        for name, value in values.items()
        if isinstance(value, int | str | date) and not isinstance(value, bool)
    }


def _check_filled(place: str, text: RuleText | Title, known: set[str], field: str) -> None:
    """Refuse braces that hold no plain name, and names that nothing fills."""
    for part, words in text.model_dump().items():
        try:
            strange = placeholders(words) - known
        except ValueError as error:
            raise _refusal(place, "braces", str(error), f"{field}.{part}") from error
        if strange:
            told = f"nothing fills {sorted(strange)}"
            raise _refusal(place, "not_filled", told, f"{field}.{part}", strange)


def refuse_twins(rules: Iterable[Rule], place: str = "") -> None:
    """Raise RuleDataError for the first key that two rules have."""
    seen: set[str] = set()
    for rule in rules:
        if rule.row.key in seen:
            words = f"rule {rule.row.key} stands twice: give the rows a part"
            raise _refusal(place, "twin", words, "id", [rule.row.key])
        seen.add(rule.row.key)
