"""The checklist as the case page shows it: evidence, answers, what can be confirmed together."""

from dataclasses import dataclass, field, replace

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
from orders.desk.case_rows import Table
from orders.desk.checklist_evidence import Evidence, evidence_of
from orders.desk.objection_lines import ObjectionLine, objection_lines
from orders.enums import Verdict
from orders.models import ChecklistAnswer, FilingOrder

# What a machine or a log settles; a picture of a person wants a look.
MACHINE = ("machine", "call")
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
class Line:
    """One item; `answer` is this reviewer's, `other` a colleague's of the same round.

    `told` are its objections that no item further up tells in full.
    """

    item: Item
    evidence: Evidence
    answer: ChecklistAnswer | None
    other: ChecklistAnswer | None
    url: str
    told: list[ObjectionLine] = field(default_factory=list)

    @property
    def tone(self) -> Tone:
        return TONES[self.answer.verdict][0] if self.answer else "warning"

    @property
    def icon(self) -> str:
        return TONES[self.answer.verdict][1] if self.answer else "clock"

    @property
    def may_pass(self) -> bool:
        """Calls pass once everybody was reached, what was objected to once its rule is waived;
        what passed already has no button."""
        is_open = self.answer is None or self.answer.verdict != Verdict.PASS
        is_borne_out = self.item.by != "call" or self.evidence.tone == "passed"
        return is_open and is_borne_out and not self.evidence.waiting

    @property
    def group(self) -> str:
        """A flagged item and a call want an answer of their own."""
        if self.evidence.tone in {"notice", "failed"}:
            return SINGLE
        is_green = self.item.by in MACHINE and self.evidence.tone == "passed"
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
    objections: list[ObjectionLine]


def _lines(order: FilingOrder, standing: Standing, table: Table) -> list[Line]:
    return [
        Line(
            item=item,
            evidence=evidence_of(item, order, table),
            answer=standing.answers.get(item.key),
            other=standing.others.get(item.key),
            url=reverse("orders:checklist-item", args=[order.pk, item.key]),
        )
        for item in standing.items
    ]


def _telling_once(lines: list[Line]) -> list[Line]:
    """An objection that several items wait for is told in full at the first of them."""
    told: set[int] = set()
    shown = []
    for line in sorted(lines, key=lambda line: list(TITLES).index(line.group)):
        new = [each for each in line.evidence.objections if each.key not in told]
        told |= {each.key for each in new}
        shown.append(replace(line, told=new))
    return shown


def _group(key: str, lines: list[Line]) -> Group:
    is_open = any(line.answer is None for line in lines)
    button = str(BUTTONS[key]) if key in BUTTONS and is_open else ""
    return Group(key, str(TITLES[key]), lines, button)


def panel_of(order: FilingOrder, actor: Actor, table: Table) -> Panel:
    """The checklist of the round under review."""
    standing = standing_of(order, actor.user_id)
    lines = _telling_once(_lines(order, standing, table))
    groups = [
        _group(key, [line for line in lines if line.group == key])
        for key in TITLES
        if any(line.group == key for line in lines)
    ]
    callees = callees_of(order, order.submission.dossier)
    to_call = [each for each in callees if not each.is_confirmed]
    refusal = refusal_to_answer(order, actor)
    objections = objection_lines(order, table.paths)
    return Panel(groups, standing.answered_count, len(lines), refusal, to_call, objections)


def group_answers(order: FilingOrder, actor: Actor, table: Table, key: str) -> list[Answer]:
    """Passes for what is still open in one group, read anew: the page may be old."""
    lines = _lines(order, standing_of(order, actor.user_id), table)
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
