"""One rule as its page shows it: what it says, what an upgrade did to it, and what was edited."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from beian import clock
from beian.ui import DiffRow, SummaryRow, Tone
from orders.enums import RuleEditState
from orders.models import RuleEdit
from orders.rulebook.content import base_of, fault_of, is_conflict, rules_now
from orders.rulebook.description import described, differences
from orders.rulebook.fault_words import FaultShown, shown_faults
from rules.overlay import table_of

# An edit's tone and icon by its state.
TONES: dict[str, tuple[Tone, str]] = {
    RuleEditState.DRAFT: ("neutral", ""),
    RuleEditState.PROPOSED: ("warning", ""),
    RuleEditState.PUBLISHED: ("success", ""),
    RuleEditState.WITHDRAWN: ("neutral", "forbidden"),
}


@dataclass(frozen=True)
class HistoryLine:
    """An edit with what it changed; `is_standing` for the one that holds or will hold last."""

    edit: RuleEdit
    label: str
    tone: Tone
    icon: str
    rows: list[DiffRow]
    is_standing: bool


@dataclass(frozen=True)
class Conflict:
    """What the release changed in the shipped row, and what the edit changed in the old one."""

    edit: RuleEdit
    of_release: list[DiffRow]
    of_edit: list[DiffRow]


@dataclass(frozen=True)
class Unread:
    """An edit that holds or will hold, and why this release cannot read it."""

    edit: RuleEdit
    faults: list[FaultShown]


def summary(row: Mapping[str, Any] | None) -> list[SummaryRow]:
    return [SummaryRow(label, value) for label, value in described(row).values()]


def row_today(key: str) -> dict[str, Any] | None:
    """The row in force, or None for a rule that does not hold (yet)."""
    rule = rules_now().get(key)
    return table_of(rule) if rule is not None else None


def edits_of(key: str) -> list[RuleEdit]:
    """Every edit of a rule, the newest first."""
    return list(RuleEdit.objects.of(key).defer("trial"))


def history(edits: list[RuleEdit], unread: Unread | None = None) -> list[HistoryLine]:
    """Lines with what each edit changed against what stood before it; `unread` is one that this
    release cannot read."""
    published = in_turn(edits)
    return [
        HistoryLine(
            edit,
            *_standing_of(edit, unread is not None and edit == unread.edit),
            rows=changes_of(edit, published),
            is_standing=bool(published) and edit == published[-1],
        )
        for edit in edits
    ]


def _standing_of(edit: RuleEdit, is_unread: bool) -> tuple[str, Tone, str]:
    if is_unread:
        return _("已发布，本版本无法读取"), "danger", ""
    return _label(edit), *TONES[edit.state]


def _label(edit: RuleEdit) -> str:
    if edit.is_to_come:
        return _("已发布，尚未生效")
    return str(edit.get_state_display())


def in_turn(edits: list[RuleEdit]) -> list[RuleEdit]:
    """The published ones in the order in which they hold."""
    rows = [edit for edit in edits if edit.state == RuleEditState.PUBLISHED]
    return sorted(rows, key=lambda edit: (edit.effective_from, edit.published_at))


def changes_of(edit: RuleEdit, published: list[RuleEdit]) -> list[DiffRow]:
    """Against the published edit before it, or against the shipped row; a withdrawn one against
    what was published when it was left."""
    if edit in published:
        earlier = published[: published.index(edit)]
    elif edit.is_open:
        earlier = published
    else:
        earlier = [each for each in published if _was_published_before(each, edit.changed_at)]
    before = _row_of(earlier[-1]) if earlier else edit.base_row
    return differences(before, _row_of(edit))


def _was_published_before(edit: RuleEdit, moment: datetime) -> bool:
    return edit.published_at is not None and edit.published_at < moment


def is_first(edit: RuleEdit, published: list[RuleEdit]) -> bool:
    """Whether there was no such rule before it, neither shipped nor published."""
    return edit.row is not None and edit.base_row is None and published[:1] in ([], [edit])


def _row_of(edit: RuleEdit) -> Mapping[str, Any] | None:
    """What an edit says; one that takes the others back says what was shipped then."""
    return edit.row if edit.row is not None else edit.base_row


def unread_of(published: list[RuleEdit]) -> Unread | None:
    """The last of the edits that hold or will hold and that this release cannot read."""
    today = clock.today()
    for edit in reversed(published):
        error = fault_of(edit)
        if error is not None:
            return Unread(edit, shown_faults(error, edit.row))
        if edit.is_in_force_on(today):
            break
    return None


def conflict_of(edit: RuleEdit | None) -> Conflict | None:
    """Both sides of a conflict after an upgrade, if the edit is in one."""
    if edit is None or not is_conflict(edit):
        return None
    shipped = base_of(edit.rule_key).row
    return Conflict(
        edit,
        of_release=differences(edit.base_row, shipped),
        of_edit=differences(edit.base_row, edit.row),
    )
