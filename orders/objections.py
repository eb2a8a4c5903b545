"""Objections to what a rule finds: which findings take one, and whether it still fits.

Source: "M blocks ship enabled with a reviewer-override right that is logged" (the way rules are
graded, docs/rules.md). A rule of high confidence takes none, nor does what we find ourselves.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Aggregate, Exists, JSONField, OuterRef, Subquery
from django.utils.translation import gettext as _
from pydantic import BaseModel

from beian import clock
from beian.crypto.digests import digest
from beian.site_settings import setting
from orders.dossier import Dossier, PathError, get_value
from orders.models.objection import Objection, Waiver
from rules.finding import Finding, blocking, for_applicant

if TYPE_CHECKING:
    from orders.models import FilingOrder, Submission

HIGH = "high"
_KEPT = "_waived"
_HAS_ANY = "_has_waivers"
# Minors are protected by law, whatever a bureau would accept: orders/apply/stops.py.
NEVER = frozenset({"min_age"})
_PAPERS = "materials."
_SERVICE = re.compile(r"services\[(\d+)\]")


def refusal_of_words(text: str) -> str:
    """Why a reason is not taken; "" if it is. Lengths are settings."""
    least, most = setting("objection.reason_at_least"), setting("objection.reason_at_most")
    # Signs alone say nothing.
    if sum(map(str.isalnum, text)) < least:
        return _("请写明理由，至少 %(count)d 个字，标点不算。") % {"count": least}
    if len(text) > most:
        return _("理由最多 %(count)d 个字。") % {"count": most}
    return ""


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


def last_reason(order: "FilingOrder", entry: Objectionable) -> str:
    """What was said last against the same rule, of other words or facts of it; "" if nothing."""
    rows = order.objections.filter(rule=entry.finding.rule, taken_back_at=None)
    row = rows.exclude(mark=entry.mark).last()
    return row.reason if row is not None else ""


def end_lapsed(order: "FilingOrder", entries: Iterable[Objectionable]) -> None:
    """What is submitted does not meet what other objections are about: neither they nor their
    waivers come back when it does later."""
    kept = [entry.objection.pk for entry in entries if entry.objection is not None]
    standing = order.objections.filter(taken_back_at=None)
    standing.exclude(pk__in=kept).update(taken_back_at=clock.now())


def frozen(entries: Iterable[Objectionable]) -> list[dict[str, Any]]:
    """What a submission keeps of the objections that stand, as JSON."""
    return [
        {
            "id": row.pk,
            "rule": row.rule,
            "mark": row.mark,
            "finding": entry.finding.to_dict(),
            "reason": row.reason,
            "made_by": row.author_id,
            "made_at": row.made_at.isoformat(),
        }
        for entry in entries
        if (row := entry.objection) is not None
    ]


class _Listed(Aggregate):
    """The values as a JSON list, by the names the two databases have for it."""

    function = "JSONB_AGG"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **extra)


def waived_of(order_column: str) -> Subquery:
    """Ids of an order's waived objections beside the rows of a query, for `put_waived`."""
    rows = Waiver.objects.standing().filter(objection__order=OuterRef(order_column)).order_by()
    listed = rows.values("objection__order").annotate(ids=_Listed("objection_id"))
    return Subquery(listed.values("ids")[:1])


def has_waivers(order_column: str) -> Exists:
    """Whether an order has any waiver, standing or not, beside the rows of a query."""
    return Exists(Waiver.objects.filter(objection__order=OuterRef(order_column)))


def put_waived(submission: "Submission", ids: Sequence[int] | None, *, has_any: bool) -> None:
    """Hand over what `waived_ids` would ask, and whether `waivers_of` has anything to ask, where
    they were read together with the submission."""
    submission.__dict__[_KEPT] = frozenset(ids or ())
    submission.__dict__[_HAS_ANY] = has_any


def waivers_of(submission: "Submission") -> list[Waiver]:
    """Every waiver of the submission's order, also those revoked and of earlier rounds."""
    if not submission.__dict__.get(_HAS_ANY, True):
        return []
    rows = Waiver.objects.filter(objection__order=submission.order_id)
    return list(rows.select_related("author", "objection", "revoked_by"))


def waived_ids(submission: "Submission") -> frozenset[int]:
    """Which of the submission's objections are waived; read once, page and guards alike.

    A waiver of an earlier round holds as long as the objection it answers does.
    """
    kept = submission.__dict__.get(_KEPT)
    if kept is None:
        ids = [entry["id"] for entry in submission.objections]
        rows = Waiver.objects.standing().filter(objection__in=ids)
        found = rows.values_list("objection", flat=True)
        kept = submission.__dict__[_KEPT] = frozenset(found if ids else ())
    return kept


def unwaived(submission: "Submission") -> list[Mapping[str, Any]]:
    """The submission's objections that nobody waived."""
    waived = waived_ids(submission)
    return [entry for entry in submission.objections if entry["id"] not in waived]


def waived_marks(submission: "Submission") -> frozenset[str]:
    waived = waived_ids(submission)
    return frozenset(entry["mark"] for entry in submission.objections if entry["id"] in waived)
