"""Two operators, and edits of shipped rules as far as a test needs them."""

from __future__ import annotations

from datetime import date
from typing import Any

from beian import clock
from beian.actors import Actor
from beian.enums import StaffRoleName
from orders.actions.rule_edits import (
    propose_rule_edit,
    publish_rule_edit,
    save_rule_edit,
    send_back_rule_edit,
)
from orders.models import RuleEdit
from orders.rulebook.content import rules_now, shipped_rules
from rules.overlay import table_of
from rules.rule import Rule
from tests.builders import Staff, make_staff

NAME = "N19/shape"
NOTHING = {
    "at": "2026-11-16T02:00:00+00:00",
    "samples": [],
    "orders": 0,
    "seconds_up": False,
    "changed": 0,
    "unreadable": 0,
    "sorts": [],
    "listed": [],
}
CHANGE = {
    "sign": "appears",
    "rule": "N19",
    "about": "too_short",
    "outcome": "block",
    "audience": "all",
}
CHANGED = {
    **NOTHING,
    "samples": [{"sample": "short_name", "provinces": ["33", "44"], "changes": [CHANGE]}],
    "orders": 200,
    "changed": 1,
    "sorts": [["appears", "N19", "block", 1]],
    "listed": [{"number": "BA20261116-0001", "changes": [CHANGE]}],
}
REASON = "管局电话答复，名称至少四个字。"


def operator(name: str) -> Staff:
    return make_staff(StaffRoleName.OPERATOR, name=name)


def row_of(key: str = NAME, **values: Any) -> dict[str, Any]:
    """The row in force, with `values` in the place of its own."""
    return {**table_of(rules_now()[key]), **values}


def shipped() -> list[Rule]:
    return list(shipped_rules().values())


def shipped_row(key: str = NAME) -> dict[str, Any]:
    return table_of(shipped_rules()[key])


def names_of(least: int) -> dict[str, Any]:
    """The rule about names of websites, with another least number of characters."""
    return row_of(params={"min_length": least})


def key_of(row: dict[str, Any]) -> str:
    part = row.get("part")
    return f"{row['id']}/{part}" if part else row["id"]


def save(author: Actor, row: dict[str, Any], **more: Any) -> RuleEdit:
    return save_rule_edit(author, key=key_of(row), row=row, reason=REASON, **more)


def propose(author: Actor, row: dict[str, Any]) -> RuleEdit:
    return hand_in(author, save(author, row))


def hand_in(author: Actor, edit: RuleEdit) -> RuleEdit:
    return propose_rule_edit(author, edit_id=edit.pk, version=edit.version)


def send_back(colleague: Actor, edit: RuleEdit) -> RuleEdit:
    return send_back_rule_edit(
        colleague, edit_id=edit.pk, version=edit.version, note="请写明来源。"
    )


def as_tested(edit: RuleEdit, *, changed: bool = False) -> RuleEdit:
    """As if the trial had found that nothing changes, or one order and one sample."""
    values = {
        "trial": CHANGED if changed else NOTHING,
        "trial_version": edit.version,
        "trial_asked_at": clock.now(),
    }
    RuleEdit.objects.filter(pk=edit.pk).update(**values)
    edit.refresh_from_db()
    return edit


def publish(
    author: Actor, publisher: Actor, row: dict[str, Any], day: date | None = None
) -> RuleEdit:
    return put_in_force(publisher, propose(author, row), day)


def remove(author: Actor, publisher: Actor, key: str, day: date | None = None) -> RuleEdit:
    """Let a rule go that no release ships."""
    edit = save_rule_edit(author, key=key, row=None, reason=REASON)
    return put_in_force(publisher, hand_in(author, edit), day)


def put_in_force(publisher: Actor, edit: RuleEdit, day: date | None) -> RuleEdit:
    edit = as_tested(edit)
    return publish_rule_edit(
        publisher, edit_id=edit.pk, version=edit.version, effective_from=day or clock.today()
    )
