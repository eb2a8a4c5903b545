"""What the applicant objected to, and which rules reviewers waived for it."""

from typing import Any

from beian.crypto.fields import left_shut
from orders.evidence.opening import words
from orders.evidence.writing import Bundle, moment
from orders.models import FilingOrder, Waiver


def objections_of(bundle: Bundle, order: FilingOrder) -> list[dict[str, Any]]:
    """All that were ever made; which of them a round had is told with what it submitted."""
    given = left_shut(Waiver.objects.filter(objection__order=order), "author")
    waivers = {row.objection_id: row for row in given}
    return [
        {
            "id": row.pk,
            "rule": row.rule,
            **words(bundle, row, f"异议 {row.pk} / objection", "reason"),
            "made_by": f"user {row.author_id}",
            "made_at": moment(row.made_at),
            "taken_back_at": moment(row.taken_back_at),
            "waiver": _waiver(bundle, waivers.get(row.pk)),
        }
        for row in left_shut(order.objections.all())
    ]


def _waiver(bundle: Bundle, row: Waiver | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "round": row.round,
        **words(bundle, row, f"豁免 {row.pk} / waiver", "reason"),
        "author": row.author.staff_name,
        "waived_at": moment(row.waived_at),
    }
