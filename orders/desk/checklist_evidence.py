"""What speaks for or against an item of the checklist before anybody answers it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from orders.calls import Callee, callees_of
from orders.checklist.items import Item, items_for
from orders.checklist.objected import objected_items
from orders.desk.case_rows import Check, Row, Table, anchor_of
from orders.desk.objection_lines import ObjectionLine, objection_lines
from orders.dossier.paths import is_within
from orders.field_labels import pattern_of
from orders.models import FilingOrder
from orders.truthfulness_results import TruthfulnessResult, results_of

# Label and anchor of the field a check is about (both empty: about none), and the check.
Remark = tuple[str, str, Check]


@dataclass(frozen=True)
class Evidence:
    """What needs a look, what the applicant objected to, and how much passed."""

    remarks: list[Remark]
    passed_count: int
    objections: Sequence[ObjectionLine] = ()

    @property
    def waiting(self) -> list[ObjectionLine]:
        """Objections nobody waived: the item does not pass."""
        return [line for line in self.objections if not line.is_waived]

    @property
    def tone(self) -> str:
        """passed, unknown (somebody has to look), notice, failed, or nothing was checked."""
        checks = [check for _label, _anchor, check in self.remarks]
        if self.waiting or any(check.tone == "failed" for check in checks):
            return "failed"
        if self.objections or any(not check.is_unknown for check in checks):
            return "notice"
        if checks:
            return "unknown"
        return "passed" if self.passed_count else ""


def evidence_of(item: Item, order: FilingOrder, table: Table) -> Evidence:
    """From the page's table, the log of calls or the truthfulness check, as the item says."""
    objections = _objections(item, order, table)
    if item.by == "call":
        found = _of_calls(order)
    elif item.by == "truthfulness":
        found = _of_truthfulness(order)
    else:
        found = _of_table(item, table, objections)
    return replace(found, objections=objections)


def _objections(item: Item, order: FilingOrder, table: Table) -> list[ObjectionLine]:
    if not order.submission.objections:
        return []
    entries = objected_items(order.submission, items_for(order)).get(item.key, ())
    keys = {entry["id"] for entry in entries}
    return [line for line in objection_lines(order, table.paths) if line.key in keys]


def _rows_of(item: Item, table: Table) -> Iterator[Row]:
    for group in table.groups:
        for row in group.rows:
            if any(is_within(pattern_of(row.path), path) for path in item.paths):
                yield row


def _of_table(item: Item, table: Table, objections: Sequence[ObjectionLine]) -> Evidence:
    passed = 0
    # What was objected to has a line of its own.
    objected = {(line.rule, line.sentence) for line in objections}
    # The texts stand beside the field; here one mention of each kind leads there.
    flagged: dict[tuple[str, str, bool], Remark] = {}
    for row in _rows_of(item, table):
        for check in row.checks:
            if check.tone == "passed":
                passed += 1
            elif (check.rule, check.text) not in objected:
                key = row.path, check.tone, check.is_unknown
                flagged.setdefault(key, (row.label, anchor_of(row.path), check))
    others = [
        ("", "", check)
        for check in (table.other_checks if item.takes_others else ())
        if (check.rule, check.text) not in objected
    ]
    return Evidence([*flagged.values(), *others], passed)


def _of_calls(order: FilingOrder) -> Evidence:
    """Who confirmed on the phone, and who has still to be reached."""
    people = callees_of(order, order.submission.dossier)
    remarks = [("", "", _call_check(each)) for each in people if not each.is_confirmed]
    return Evidence(remarks, len(people) - len(remarks))


def _call_check(callee: Callee) -> Check:
    text = _("%(person)s：%(state)s") % {"person": callee.title, "state": callee.state_text}
    return Check("failed" if callee.is_denied else "notice", text)


def _of_truthfulness(order: FilingOrder) -> Evidence:
    """Each service principal's own photo or meeting."""
    results = results_of(order.submission)
    remarks = [("", "", _face_check(each)) for each in results if _wants_a_look(each)]
    return Evidence(remarks, len(results) - len(remarks))


def _wants_a_look(result: TruthfulnessResult) -> bool:
    return not result.is_settled or result.needs_attention


def _face_check(result: TruthfulnessResult) -> Check:
    text = _("%(person)s：%(state)s") % {"person": result.name, "state": result.outcome}
    return Check("notice" if result.is_settled else "failed", text)
