"""What was submitted in each round, byte for byte, so that its seal can be computed again."""

from collections.abc import Iterator
from typing import Any

from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from orders.evidence.form import form_of
from orders.evidence.writing import Bundle, moment
from orders.models import FilingOrder, Submission

CONTENT, FINDINGS, SEALED, FORM = "content.json", "findings.json", "sealed.json", "form.json"
# Only where something was objected to.
OBJECTIONS = "objections.json"


def folder_of(number: int) -> str:
    return f"submissions/{number}"


def put_submissions(bundle: Bundle, order: FilingOrder) -> Iterator[tuple[Submission, bool]]:
    """Write the rounds one after the other; each with whether its seal verifies."""
    for submission in order.submissions.order_by("round"):
        # One object, so that the order's key is read once.
        submission.order = order
        yield submission, _put(bundle, submission)


def _put(bundle: Bundle, submission: Submission) -> bool:
    folder, number = folder_of(submission.round), submission.round
    bundle.put_json(f"{folder}/{SEALED}", _sealed(submission))
    try:
        content, findings, objections = submission.frozen_parts()
    except KeyNotMounted:
        raise
    except DecryptionFailed:
        bundle.problems.append(
            f"第 {number} 轮提交的内容无法打开 / round {number}: what was submitted does not open"
        )
        return False
    bundle.put(f"{folder}/{CONTENT}", [content])
    bundle.put(f"{folder}/{FINDINGS}", [findings])
    if objections:
        bundle.put(f"{folder}/{OBJECTIONS}", [objections])
    bundle.put_json(f"{folder}/{FORM}", form_of(submission.dossier))
    if submission.is_intact():
        return True
    bundle.problems.append(
        f"第 {number} 轮提交的内容与封存值不符 / round {number}: what was submitted differs from "
        "its seal"
    )
    return False


def _sealed(submission: Submission) -> dict[str, Any]:
    """Everything that the seal is over besides content, findings and objections, and the seal;
    and what its parts are of."""
    return {
        "round": submission.round,
        "submitted_at": moment(submission.submitted_at),
        "submitted_by": f"user {submission.submitted_by_id}",
        "schema_version": submission.schema_version,
        # A digest, under the seal, of the two after it.
        "rule_set_version": submission.rule_set_version,
        "shipped_rules": submission.shipped_rules_id,
        "rule_edits": submission.rule_edits,
        "document_hashes": submission.document_hashes,
        "truthfulness": submission.truthfulness,
        "seal": submission.seal,
    }
