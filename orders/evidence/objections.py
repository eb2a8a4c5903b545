"""What the applicant objected to, and which rules reviewers waived for it."""

from typing import Any

from beian.crypto.fields import left_shut
from orders.evidence.opening import words
from orders.evidence.writing import Bundle, moment
from orders.models import FilingOrder, Waiver


def objections_of(bundle: Bundle, order: FilingOrder) -> list[dict[str, Any]]:
    """All that were ever made; which of them a round had is told with what it submitted."""
    given = left_shut(Waiver.objects.filter(objection__order=order), "author", "revoked_by")
    waivers: dict[int, list[Waiver]] = {}
    for waiver in given:
        waivers.setdefault(waiver.objection_id, []).append(waiver)
    return [
        {
            "id": row.pk,
            "rule": row.rule,
            **words(bundle, row, f"异议 {row.pk} / objection", "reason"),
            "made_by": f"user {row.author_id}",
            "made_at": moment(row.made_at),
            "taken_back_at": moment(row.taken_back_at),
            "waivers": [_waiver(bundle, waiver) for waiver in waivers.get(row.pk, [])],
        }
        for row in left_shut(order.objections.all())
    ]


def _waiver(bundle: Bundle, row: Waiver) -> dict[str, Any]:
    given = {
        "round": row.round,
        **words(bundle, row, f"豁免 {row.pk} / waiver", "reason"),
        "author": row.author.staff_name,
        "waived_at": moment(row.waived_at),
    }
    if row.revoked_by is None:
        return given
    return {
        **given,
        **words(bundle, row, f"豁免 {row.pk} / waiver", "revoked_reason"),
        "revoked_by": row.revoked_by.staff_name,
        "revoked_at": moment(row.revoked_at),
    }
