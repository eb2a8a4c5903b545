"""Everything that can be wrong with an order beyond the form of a field."""

from copy import copy
from typing import TYPE_CHECKING

from orders.assessment import assess
from orders.own_findings import COMPLETENESS
from rules.finding import Finding, blocking, for_applicant

if TYPE_CHECKING:
    from orders.models import FilingOrder


def findings_of(order: "FilingOrder") -> list[Finding]:
    """All findings of the draft as it stands, those for reviewers only included; blocks first."""
    return list(assess(order).findings)


def shown_findings(order: "FilingOrder") -> list[Finding]:
    """Findings an applicant sees."""
    return for_applicant(findings_of(order))


def blocking_findings(order: "FilingOrder") -> list[Finding]:
    """Findings that keep the order from being submitted."""
    return blocking(shown_findings(order))


def blocking_now(order: "FilingOrder") -> list[Finding]:
    """What stands against the submission as things are today, though it could be submitted then.

    Completeness was judged at that time: a field this release asks for does not stop it now.
    """
    judged = copy(order)
    judged.__dict__["dossier"] = order.submission.dossier
    found = blocking_findings(judged)
    return [finding for finding in found if finding.kind not in COMPLETENESS]
