"""Rows as operators see them: what ships, what holds, and what an edit is checked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beian import clock
from orders.figures import QUOTED
from orders.models import RuleEdit
from orders.objections import NEVER
from orders.rulebook.in_force import (
    layered_at,
    layered_with,
    published_stamps,
    rules_in_force,
)
from rules.loader import Fault, RuleDataError, shipped_rule_set
from rules.overlay import digest_of, rule_of, table_of
from rules.rule import Rule

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Base:
    """The shipped row of a rule as it is in this release; None and "" where none is shipped."""

    row: dict[str, Any] | None
    digest: str


def shipped_rules() -> dict[str, Rule]:
    return {rule.row.key: rule for rule in shipped_rule_set().rules}


def rules_now() -> dict[str, Rule]:
    return {rule.row.key: rule for rule in rules_in_force().rules}


def base_of(key: str) -> Base:
    rule = shipped_rules().get(key)
    row = table_of(rule) if rule is not None else None
    return Base(row, digest_of(row))


def last_published(key: str) -> RuleEdit | None:
    """The edit of a rule whose effective day is the latest, begun or not."""
    rows = RuleEdit.objects.published().filter(rule_key=key)
    return rows.order_by("-effective_from", "-published_at").first()


def standing_row(key: str, last: RuleEdit | None) -> Row | None:
    """The row that holds once everything published so far has begun."""
    return last.row if last is not None and last.row is not None else base_of(key).row


def may_remove(key: str) -> bool:
    """Whether an edit alone keeps the rule: none is shipped (any more)."""
    last = last_published(key)
    return last is not None and last.row is not None and base_of(key).row is None


def checked(key: str, row: Row, *, place: str = "") -> dict[str, Any]:
    """The row as it is kept; raises RuleDataError, also where it would take an objection that is
    never heard, names a day to come on which its source was looked at, or no longer names a figure
    that our own texts quote. `place` is what the error
    calls the row, else its key."""
    place = place or key
    rule = rule_of(row, place=place)
    if rule.row.key != key:
        raise RuleDataError(place, Fault("id", "other_rule", "the row is of another rule"))
    if rule.row.takes_objection and rule.row.kind in NEVER:
        words = "a rule about such an age takes no objection"
        raise RuleDataError(place, Fault("takes_objection", "age_objection", words))
    if rule.row.source.retrieved > clock.today():
        raise RuleDataError(place, Fault("source.retrieved", "not_yet", "nobody looked at it yet"))
    quoted = [parameter for rule_key, parameter in QUOTED.values() if rule_key == key]
    for parameter in quoted:
        if getattr(rule.kind, parameter, None) is None:
            words = "texts of the portal quote this figure"
            raise RuleDataError(place, Fault(f"params.{parameter}", "quoted", words))
    return table_of(rule)


def is_conflict(edit: RuleEdit) -> bool:
    """Whether an upgrade changed the shipped row under a published edit."""
    return edit.row is not None and edit.base_digest != base_of(edit.rule_key).digest


def standing_edits() -> dict[str, RuleEdit]:
    """By rule, the published edit that holds or will hold last."""
    return {edit.rule_key: edit for edit in RuleEdit.objects.standing().defer("trial")}


def fault_of(edit: RuleEdit) -> RuleDataError | None:
    """Why this release cannot read the row of an edit; None if it can."""
    try:
        if edit.row is not None:
            rule_of(edit.row, place=edit.rule_key)
    except RuleDataError as error:
        return error
    return None


def unreadable() -> dict[str, RuleDataError]:
    """By rule, why this release cannot read the edit that holds, or the one that will."""
    in_turn = sorted(published_stamps(), key=lambda each: each.place)
    to_come = {stamp.key: stamp.pk for stamp in in_turn}
    return layered_with(to_come.values()).unusable | layered_at(clock.now()).unusable


def conflicts() -> list[RuleEdit]:
    """Edits whose shipped row is another one now; they hold until an operator decides."""
    return [edit for edit in standing_edits().values() if is_conflict(edit)]
