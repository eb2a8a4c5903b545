"""Freezing what is submitted: content, findings, rules and pictures as they were."""

from beian import clock
from beian.actors import Actor
from orders.findings import findings_of
from orders.models import FilingOrder, Submission
from orders.rulebook.in_force import rules_in_force
from orders.service_principals import principals_of
from verification.actions.documents import freeze_documents
from verification.actions.truthfulness import freeze_checks


def freeze(order: FilingOrder, actor: Actor) -> Submission:
    """Seal the draft of `order` as the submission of its round; runs inside the transition."""
    dossier = order.dossier
    ids = [document for files in dossier.materials.values() for document in files]
    submission = Submission(
        order=order,
        round=order.round,
        submitted_at=clock.now(),
        submitted_by_id=actor.user_id,
        rule_set_version=rules_in_force().version,
        document_hashes=freeze_documents(order.pk, ids),
        truthfulness=freeze_checks(order.pk, [p.digest for p in principals_of(dossier)]),
    )
    submission.freeze(dossier, [finding.to_dict() for finding in findings_of(order)])
    submission.save()
    order.put_submission(submission)
    return submission
