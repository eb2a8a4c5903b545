"""Everything that can be wrong with an order beyond the form of a field."""

from typing import TYPE_CHECKING

from orders.assessment import assess, findings_of_content
from orders.objections import mark_of, waived_marks
from orders.rulebook.judging import judging_of
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
    """Findings that keep the order from being submitted; those objected to do not."""
    return assess(order).blocks


def blocking_now(order: "FilingOrder") -> list[Finding]:
    """What stands against the submission as things are today, though it could be submitted then;
    by the rules of that time.

    Gaps were judged at that time: a field this release asks for does not stop it now. Nor does
    what a reviewer waived, as long as the rule says the same of the same.
    """
    submission = order.submission
    found, causes = findings_of_content(order, submission.dossier, judging_of(submission))
    blocks = blocking(for_applicant(found))
    waived = waived_marks(submission)
    if not waived:
        return blocks
    return [finding for finding in blocks if mark_of(finding, causes) not in waived]
