"""Objections to what a rule finds: which findings take one, and whether it still fits.

Source: "M blocks ship enabled with a reviewer-override right that is logged" (the way rules are
graded, docs/rules.md). A rule of high confidence takes none, nor does what we find ourselves.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from beian.crypto.digests import digest
from orders.dossier import Dossier, PathError, get_value
from orders.models.objection import Objection, Waiver
from rules.finding import Finding, blocking, for_applicant

if TYPE_CHECKING:
    from orders.models import FilingOrder, Submission

HIGH = "high"
# Minors are protected by law, whatever a bureau would accept: orders/apply/stops.py.
NEVER = frozenset({"min_age"})
_PAPERS = "materials."
_SERVICE = re.compile(r"services\[(\d+)\]")


@dataclass(frozen=True)
class Causes:
    """What findings were made of: facts of the order, of each service, and the answers."""

    order: Mapping[str, Any]
    services: Sequence[Mapping[str, Any]]
    dossier: Dossier

    def fact(self, name: str, finding: Finding) -> Any:
        """None where it is not known."""
        service = next(filter(None, map(_SERVICE.match, finding.paths)), None)
        index = int(service[1]) if service else 0
        return _plain({**self.order, **self.services[index]}.get(name))

    def answer(self, path: str) -> Any:
        """None for papers, and for whole parts of the order: there the facts tell."""
        if path.startswith(_PAPERS):
            return None
        try:
            value = get_value(self.dossier, path)
        except PathError:
            # A path of another kind of subject, for which the rule speaks elsewhere.
            return None
        part = value[0] if isinstance(value, list) and value else value
        return None if isinstance(part, BaseModel) else value


@dataclass(frozen=True)
class Objectionable:
    """A finding that takes an objection, its mark, and the objection that stands against it."""

    finding: Finding
    mark: str
    objection: Objection | None = None


def takes_objection(finding: Finding) -> bool:
    return finding.blocks and finding.confidence != HIGH and finding.kind not in NEVER


def mark_of(finding: Finding, causes: Causes) -> str:
    """64 hex characters that change when the finding says something else, or its facts do.

    Papers added meanwhile leave it as it is: they may be what the reason speaks of.
    """
    content = [
        finding.rule,
        finding.about,
        dict(finding.message),
        [(name, causes.fact(name, finding)) for name in sorted(finding.facts)],
        [(path, causes.answer(path)) for path in sorted(finding.paths)],
    ]
    return digest("objection", json.dumps(content, sort_keys=True, ensure_ascii=False, default=str))


def _plain(value: Any) -> Any:
    """Sets have no order that lasts."""
    return sorted(value) if isinstance(value, set | frozenset) else value


def objectionables(
    order: "FilingOrder", findings: Iterable[Finding], causes: Causes
) -> tuple[Objectionable, ...]:
    """Those of the findings that take an objection; asks the database only if there are any."""
    found = [each for each in for_applicant(blocking(findings)) if takes_objection(each)]
    if not found:
        return ()
    rows = order.objections.filter(taken_back_at=None).select_related("author")
    standing = {row.mark: row for row in rows}
    marked = [(finding, mark_of(finding, causes)) for finding in found]
    return tuple(Objectionable(finding, mark, standing.get(mark)) for finding, mark in marked)


def frozen(entries: Iterable[Objectionable]) -> list[dict[str, Any]]:
    """What a submission keeps of the objections that stand, as JSON."""
    return [
        {
            "id": row.pk,
            "rule": row.rule,
            "mark": row.mark,
            "reason": row.reason,
            "made_by": row.author_id,
            "made_at": row.made_at.isoformat(),
        }
        for entry in entries
        if (row := entry.objection) is not None
    ]


def waivers_of(submission: "Submission") -> dict[int, Waiver]:
    """The waivers of what was objected to in a submission, by the objection's id.

    One given in an earlier round holds as long as the objection it answers does.
    """
    ids = [entry["id"] for entry in submission.objections]
    if not ids:
        return {}
    rows = Waiver.objects.filter(objection__in=ids).select_related("author")
    return {row.objection_id: row for row in rows}


def unwaived(submission: "Submission") -> list[Mapping[str, Any]]:
    """The submission's objections that nobody waived."""
    waived = waivers_of(submission)
    return [entry for entry in submission.objections if entry["id"] not in waived]


def waived_marks(submission: "Submission") -> frozenset[str]:
    waived = waivers_of(submission)
    return frozenset(entry["mark"] for entry in submission.objections if entry["id"] in waived)
