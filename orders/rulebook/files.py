"""Rule files: what is in force written as one, and one that was uploaded read against it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from beian.ui import DiffRow
from orders.models import RuleEdit
from orders.rulebook import words
from orders.rulebook.content import checked, rules_now, standing_edits, standing_row
from orders.rulebook.description import differences
from orders.rulebook.fault_words import FaultShown, shown_faults
from orders.rulebook.in_force import rules_in_force
from orders.rulebook.listing import NATIONAL
from rules.loader import Fault, RuleDataError, read_rule, read_tables, refuse_twins
from rules.overlay import digest_of, province_of_key, table_of
from rules.regions import provinces
from rules.writing import toml_of


@dataclass(frozen=True)
class RuleFile:
    """`place` is NATIONAL or a province's code; `name` what the file is called."""

    place: str
    label: str
    name: str
    count: int


@dataclass(frozen=True)
class ImportLine:
    """A row that says something else than the rule as it stands; `open_edit` keeps it out,
    `to_come` is a published edit that this one would follow."""

    key: str
    row: dict[str, Any]
    rows: list[DiffRow]
    is_new: bool
    open_edit: RuleEdit | None
    to_come: RuleEdit | None


@dataclass(frozen=True)
class Import:
    """Nothing is taken over unless there are no faults and no open edits of the same rules.
    `left` are edits to come of rules that the file has as they hold now: they stay."""

    name: str
    lines: list[ImportLine]
    same: int
    left: list[RuleEdit]
    faults: list[FaultShown]

    @property
    def is_blocked(self) -> bool:
        return bool(self.faults) or any(line.open_edit for line in self.lines)


def place_of(key: str) -> str:
    return province_of_key(key) or NATIONAL


def rule_files() -> list[RuleFile]:
    """One for the national rules and for each province that has rules in force."""
    counts: dict[str, int] = {}
    for key in rules_now():
        counts[place_of(key)] = counts.get(place_of(key), 0) + 1
    places = [place for place in (NATIONAL, *provinces()) if place in counts]
    return [RuleFile(p, _label(p), file_name(p), counts[p]) for p in places]


def _label(place: str) -> str:
    return words.word_label(NATIONAL) if place == NATIONAL else words.province_label(place)


def file_name(place: str) -> str:
    """As in the folder of the shipped files: 44-guangdong.toml."""
    if place == NATIONAL:
        return f"{NATIONAL}.toml"
    name = provinces()[place].en.lower().replace(" ", "-").replace("'", "")
    return f"{place}-{name}.toml"


def file_in_force(place: str) -> str:
    """The rules of a place in force now as a file of the shipped shape; "" where there are none."""
    rows = [table_of(rule) for key, rule in sorted(rules_now().items()) if place_of(key) == place]
    version = rules_in_force().version
    return f"# Rules in force, version {version}.\n\n{toml_of(rows)}" if rows else ""


def read_import(text: str, name: str) -> Import:
    """Check every row of an uploaded file as the loader would, and compare it with what stands."""
    rows, faults = _checked_rows(text, name)
    standing = standing_edits()
    written = {edit.rule_key: edit for edit in RuleEdit.objects.open().select_related("author")}
    now = {key: digest_of(table_of(rule)) for key, rule in rules_now().items()}
    lines: list[ImportLine] = []
    same, left = 0, []
    for key, row in rows.items():
        last = standing.get(key)
        to_come = last if last is not None and last.is_to_come else None
        before = standing_row(key, last)
        if digest_of(row) not in (now.get(key), digest_of(before)):
            changes, is_new = differences(before, row), before is None
            lines.append(ImportLine(key, row, changes, is_new, written.get(key), to_come))
            continue
        same += 1
        # What was exported before its day begins says nothing about it.
        if to_come is not None and digest_of(row) != digest_of(before):
            left.append(to_come)
    return Import(name, lines, same, left, faults)


def _checked_rows(text: str, name: str) -> tuple[dict[str, dict[str, Any]], list[FaultShown]]:
    rows: dict[str, dict[str, Any]] = {}
    faults: list[FaultShown] = []
    try:
        tables = read_tables(text, name)
    except RuleDataError as error:
        return {}, shown_faults(error)
    if not tables:
        words = "the file has no rule"
        return {}, shown_faults(RuleDataError(name, Fault("", "no_rows", words)))
    province = _province_of(tables)
    read = []
    for place, table in tables:
        try:
            rule = read_rule(place, table, province)
            rows[rule.row.key] = checked(rule.row.key, table_of(rule), place=place)
            read.append(rule)
        except RuleDataError as error:
            faults += shown_faults(error, table, place=_place(name, table))
    try:
        refuse_twins(read, name)
    except RuleDataError as error:
        faults += shown_faults(error)
    return rows, faults


def _place(name: str, table: dict[str, Any]) -> str:
    key = "/".join(str(table[part]) for part in ("id", "part") if part in table)
    return _("%(file)s，规则 %(rule)s") % {"file": name, "rule": key or _("（没有编号）")}


def _province_of(tables: list[tuple[str, dict[str, Any]]]) -> str | None:
    """Whose file it is, told by its first row: a row of another place is a fault then."""
    first = str(tables[0][1].get("id", "")) if tables else ""
    code = province_of_key(first)
    return code if code in provinces() else None
