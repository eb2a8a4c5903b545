"""The checklist as the case page shows it: evidence, answers, what can be confirmed together."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.actors import Actor
from beian.lazy_text import LazyText
from beian.ui import Tone
from orders.actions.checklist import Answer, refusal_to_answer
from orders.calls import Callee, callees_of
from orders.checklist.items import Item
from orders.checklist.standing import Standing, standing_of
from orders.desk.case_rows import Check, Row, Table, anchor_of
from orders.dossier import Dossier
from orders.dossier.paths import is_within
from orders.enums import CallOutcome, Verdict
from orders.field_labels import pattern_of
from orders.models import ChecklistAnswer, FilingOrder

GREEN, LOOKED_AT, SINGLE = "green", "looked-at", "single"
TITLES: dict[str, LazyText] = {
    GREEN: gettext_lazy("机器检查全部通过"),
    LOOKED_AT: gettext_lazy("需要人看材料或登记信息"),
    SINGLE: gettext_lazy("需要逐项回答"),
}
BUTTONS: dict[str, LazyText] = {
    GREEN: gettext_lazy("全部确认"),
    LOOKED_AT: gettext_lazy("已逐项看过，全部通过"),
}
TONES: dict[str, tuple[Tone, str]] = {
    Verdict.PASS: ("success", ""),
    Verdict.FAIL: ("danger", ""),
    Verdict.NOT_APPLICABLE: ("neutral", "forbidden"),
}


@dataclass(frozen=True)
class Evidence:
    """What the machine says about an item: what needs a look, and how many checks passed."""

    remarks: list[tuple[str, str, Check]]
    passed_count: int

    @property
    def tone(self) -> str:
        """passed, unknown (somebody has to look), notice, failed, or nothing was checked."""
        checks = [check for _label, _anchor, check in self.remarks]
        if any(check.tone == "failed" for check in checks):
            return "failed"
        if any(not check.is_unknown for check in checks):
            return "notice"
        if checks:
            return "unknown"
        return "passed" if self.passed_count else ""


@dataclass(frozen=True)
class Line:
    """One item; `answer` is this reviewer's, `other` a colleague's of the same round."""

    item: Item
    evidence: Evidence
    answer: ChecklistAnswer | None
    other: ChecklistAnswer | None
    url: str

    @property
    def tone(self) -> Tone:
        return TONES[self.answer.verdict][0] if self.answer else "warning"

    @property
    def icon(self) -> str:
        return TONES[self.answer.verdict][1] if self.answer else "clock"

    @property
    def may_pass(self) -> bool:
        """Calls pass once everybody was reached; what passed already has no button."""
        is_open = self.answer is None or self.answer.verdict != Verdict.PASS
        return is_open and (self.item.by != "call" or self.evidence.tone == "passed")

    @property
    def group(self) -> str:
        """A flagged item and a call want an answer of their own."""
        if self.evidence.tone in {"notice", "failed"}:
            return SINGLE
        is_green = self.item.by != "person" and self.evidence.tone == "passed"
        return GREEN if is_green else LOOKED_AT


@dataclass(frozen=True)
class Group:
    """`button` is empty when nothing in it is left to be confirmed together."""

    key: str
    title: str
    lines: list[Line]
    button: str


@dataclass(frozen=True)
class Panel:
    groups: list[Group]
    answered: int
    total: int
    refusal: str
    to_call: list[Callee]


def _rows_of(item: Item, table: Table) -> Iterable[Row]:
    for group in table.groups:
        for row in group.rows:
            if any(is_within(pattern_of(row.path), path) for path in item.paths):
                yield row


def evidence_of(item: Item, table: Table) -> Evidence:
    """Read from the table of the page; asks the database nothing."""
    passed = 0
    # The texts stand beside the field; here one mention of each kind leads there.
    flagged: dict[tuple[str, str, bool], tuple[str, str, Check]] = {}
    for row in _rows_of(item, table):
        for check in row.checks:
            if check.tone == "passed":
                passed += 1
            else:
                key = row.path, check.tone, check.is_unknown
                flagged.setdefault(key, (row.label, anchor_of(row.path), check))
    others = table.other_checks if item.takes_others else []
    return Evidence([*flagged.values(), *(("", "", check) for check in others)], passed)


def calls_evidence(callees: Iterable[Callee]) -> Evidence:
    """The log of calls as evidence: who confirmed, and who has still to be reached."""
    people = list(callees)
    remarks = [("", "", _call_check(each)) for each in people if not each.is_confirmed]
    return Evidence(remarks, len(people) - len(remarks))


def _call_check(callee: Callee) -> Check:
    is_denied = bool(callee.calls) and callee.calls[-1].outcome == CallOutcome.DENIED
    text = _("%(person)s：%(state)s") % {"person": callee.title, "state": callee.state_text}
    return Check("failed" if is_denied else "notice", text)


def _lines(
    order: FilingOrder, standing: Standing, table: Table, callees: list[Callee]
) -> list[Line]:
    return [
        Line(
            item=item,
            evidence=calls_evidence(callees) if item.by == "call" else evidence_of(item, table),
            answer=standing.answers.get(item.key),
            other=standing.others.get(item.key),
            url=reverse("orders:checklist-item", args=[order.pk, item.key]),
        )
        for item in standing.items
    ]


def _group(key: str, lines: list[Line]) -> Group:
    is_open = any(line.answer is None for line in lines)
    button = str(BUTTONS[key]) if key in BUTTONS and is_open else ""
    return Group(key, str(TITLES[key]), lines, button)


def panel_of(order: FilingOrder, actor: Actor, table: Table, dossier: Dossier) -> Panel:
    """The checklist of the round under review."""
    standing = standing_of(order, actor.user_id)
    callees = callees_of(order, dossier)
    lines = _lines(order, standing, table, callees)
    groups = [
        _group(key, [line for line in lines if line.group == key])
        for key in TITLES
        if any(line.group == key for line in lines)
    ]
    to_call = [each for each in callees if not each.is_confirmed]
    refusal = refusal_to_answer(order, actor)
    return Panel(groups, standing.answered_count, len(lines), refusal, to_call)


def group_answers(
    order: FilingOrder, actor: Actor, table: Table, dossier: Dossier, key: str
) -> list[Answer]:
    """Passes for what is still open in one group, read anew: the page may be old."""
    callees = callees_of(order, dossier)
    lines = _lines(order, standing_of(order, actor.user_id), table, callees)
    return [
        Answer(line.item.key, Verdict.PASS, machine=line.evidence.tone, is_grouped=True)
        for line in lines
        if line.group == key and line.answer is None
    ]


def progress_text(order: FilingOrder, actor: Actor) -> str:
    """核对清单 3/13, for the decision bar."""
    standing = standing_of(order, actor.user_id)
    counts = {"done": standing.answered_count, "all": len(standing.items)}
    return _("核对清单 %(done)d/%(all)d") % counts
