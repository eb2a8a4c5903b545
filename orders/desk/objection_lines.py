"""Objections of the submission under review, each with its rule and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from beian.data_language import in_language
from orders.desk.case_rows import ICONS, anchor_of
from orders.dossier.paths import is_within
from orders.models import FilingOrder
from orders.objections import waived_ids
from rules.finding import Finding


@dataclass(frozen=True)
class ObjectionLine:
    """`comment_url` opens a comment on its field."""

    key: int
    rule: str
    sentence: str
    remedy: str
    source: str
    retrieved: str
    reason: str
    made_at: datetime
    is_waived: bool
    comment_url: str = ""

    @property
    def tone(self) -> str:
        """As the checks of the machine have it."""
        return "notice" if self.is_waived else "failed"

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


def objection_lines(order: FilingOrder, rows: Sequence[str] = ()) -> list[ObjectionLine]:
    """`rows` are the paths of the page's table; no query for an order that `case_of` read."""
    waived = waived_ids(order.submission)
    return [
        _line(order, entry, entry["id"] in waived, rows) for entry in order.submission.objections
    ]


def finding_objected(order: FilingOrder, key: int) -> Finding | None:
    """What an objection of the submission is about."""
    entries = order.submission.objections
    entry = next((each for each in entries if each["id"] == key), None)
    return Finding.from_dict(entry["finding"]) if entry else None


def _line(
    order: FilingOrder, entry: dict[str, Any], is_waived: bool, rows: Sequence[str]
) -> ObjectionLine:
    finding = Finding.from_dict(entry["finding"])
    return ObjectionLine(
        key=entry["id"],
        rule=finding.rule,
        sentence=in_language(finding.message),
        remedy=in_language(finding.remedy),
        source=finding.source["title"],
        retrieved=finding.source["retrieved"],
        reason=entry["reason"],
        made_at=datetime.fromisoformat(entry["made_at"]),
        is_waived=is_waived,
        comment_url=_comment_url(order, entry["id"], finding, rows),
    )


def _comment_url(order: FilingOrder, key: int, finding: Finding, rows: Sequence[str]) -> str:
    """At the first row that the finding is about; "" where the table has none."""
    path = next((row for row in rows if any(is_within(row, at) for at in finding.paths)), "")
    if not path:
        return ""
    query = urlencode({"path": path, "objection": key})
    return f"{reverse('orders:comment', args=[order.pk])}?{query}#{anchor_of(path)}"
