"""All rules as lines of a table: what holds, what ships, and what operators are at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from beian import clock
from beian.data_language import in_language
from beian.site_settings import setting
from beian.ui import Tone
from orders.enums import RuleEditState
from orders.models import RuleEdit
from orders.rulebook import words
from orders.rulebook.content import (
    base_of,
    is_conflict,
    rules_now,
    standing_edits,
    unreadable,
)
from rules.overlay import province_of_key, table_of

NATIONAL = "national"
EDITED, OPEN, CONFLICT = "edited", "open", "conflict"
UNREADABLE, REMOVED = "unreadable", "removed"


@dataclass(frozen=True)
class Filters:
    """Empty texts let everything through; `state` is one of the words above."""

    province: str = ""
    kind: str = ""
    outcome: str = ""
    confidence: str = ""
    state: str = ""


@dataclass(frozen=True)
class Tag:
    label: str
    tone: Tone
    icon: str = ""


@dataclass(frozen=True)
class RuleLine:
    """One rule; `states` are those of the filters it is in."""

    key: str
    address: str
    title: str
    province: str
    kind: str
    outcome: str
    confidence: str
    tags: list[Tag]
    states: frozenset[str] = field(default_factory=frozenset)

    @property
    def number(self) -> str:
        """The key up to its part, which a narrow column breaks at nowhere else."""
        return self.key.partition("/")[0]

    @property
    def part(self) -> str:
        return self.key.partition("/")[2]


@dataclass(frozen=True)
class RulePage:
    """`after` begins the next page, `before` is where the one in front begins ("" the first)."""

    lines: list[RuleLine]
    total: int
    after: str
    before: str | None


def address_of(key: str) -> str:
    """The key as an address carries it: no slash inside."""
    return key.replace("/", "~")


def key_of(address: str) -> str:
    return address.replace("~", "/")


def rule_lines(filters: Filters) -> list[RuleLine]:
    """The lines that pass, national rules first; as many queries whatever their number."""
    standing = standing_edits()
    faulty = unreadable()
    written = {edit.rule_key: edit for edit in RuleEdit.objects.open().defer("trial", "base_row")}
    rows: dict[str, Mapping[str, Any]] = {
        key: edit.row for key, edit in [*written.items(), *standing.items()] if edit.row is not None
    }
    rows |= _last_rows(key for key, edit in standing.items() if edit.removes)
    now = rules_now()
    rows |= {key: table_of(rule) for key, rule in now.items()}
    titles = {key: row["title"] for key, row in rows.items()}
    titles |= {key: rule.title(None).model_dump() for key, rule in now.items()}
    lines = (
        _line(
            key,
            {**row, "title": titles[key]},
            standing.get(key),
            written.get(key),
            is_read=key not in faulty,
        )
        for key, row in sorted(rows.items())
    )
    passing = [line for line in lines if _passes(line, filters, rows[line.key])]
    return sorted(passing, key=lambda line: (province_of_key(line.key) or "", line.key))


def _last_rows(keys: Iterable[str]) -> dict[str, Any]:
    """What rules said that were let go: their history is reached from the list too."""
    wanted = list(keys)
    if not wanted:
        return {}
    rows = RuleEdit.objects.published().filter(rule_key__in=wanted, row__isnull=False)
    return {edit.rule_key: edit.row for edit in rows.order_by("effective_from", "published_at")}


def _line(
    key: str,
    row: Mapping[str, Any],
    last: RuleEdit | None,
    written: RuleEdit | None,
    *,
    is_read: bool,
) -> RuleLine:
    states, tags = set(), []
    if not is_read:
        states.add(UNREADABLE)
        tags.append(Tag(_("修改无法读取"), "danger"))
    if last is not None and last.row is not None:
        states.add(EDITED)
        if is_read:
            tags.append(_edited_tag(last))
        if is_conflict(last):
            states.add(CONFLICT)
            tags.append(Tag(_("升级后有冲突"), "danger"))
    if last is not None and last.removes and base_of(key).row is None:
        states.add(REMOVED)
        tags.append(_removed_tag(last))
    if written is not None:
        states.add(OPEN)
        is_draft = written.state == RuleEditState.DRAFT
        tags.append(Tag(str(written.get_state_display()), "neutral" if is_draft else "warning"))
    if not row.get("enabled", True):
        tags.append(Tag(_("停用"), "neutral", "forbidden"))
    return RuleLine(
        key=key,
        address=address_of(key),
        title=in_language(row["title"]),
        province=province_shown(key),
        kind=words.kind_label(row["kind"]) if row.get("kind") else _("由系统其他部分保证"),
        outcome=words.word_label(row["outcome"]) if row.get("outcome") else "—",
        confidence=words.word_label(row["confidence"]),
        tags=tags,
        states=frozenset(states),
    )


def _removed_tag(edit: RuleEdit) -> Tag:
    if edit.is_to_come and edit.effective_from is not None:
        words_of_day = _("%(day)s 起取消") % {"day": edit.effective_from.isoformat()}
        return Tag(words_of_day, "info")
    return Tag(_("不再保留"), "neutral", "forbidden")


def _edited_tag(edit: RuleEdit) -> Tag:
    if edit.effective_from is not None and not edit.is_in_force_on(clock.today()):
        words_of_day = _("%(day)s 起修改") % {"day": edit.effective_from.isoformat()}
        return Tag(words_of_day, "info")
    return Tag(_("已修改"), "success")


def province_shown(key: str) -> str:
    code = province_of_key(key)
    return _("全国") if code is None else words.province_label(code)


def _passes(line: RuleLine, filters: Filters, row: Mapping[str, Any]) -> bool:
    place = province_of_key(line.key) or NATIONAL
    return (
        filters.province in ("", place)
        and filters.kind in ("", row.get("kind"))
        and filters.outcome in ("", row.get("outcome"))
        and filters.confidence in ("", row["confidence"])
        and (not filters.state or filters.state in line.states)
    )


def page_of(lines: list[RuleLine], after: str) -> RulePage:
    """The page behind the rule called `after`; the first one for a key that is not there."""
    keys, size = [line.key for line in lines], setting("lists.rows_per_page")
    start = keys.index(after) + 1 if after in keys else 0
    shown = lines[start : start + size]
    has_more = len(lines) > start + size
    front = start - size
    before = None if not start else (keys[front - 1] if front > 0 else "")
    return RulePage(shown, len(lines), shown[-1].key if has_more else "", before)
