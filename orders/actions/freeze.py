"""Freezing what is submitted: content, findings, objections, rules and pictures as they were."""

from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders.assessment import assess
from orders.dossier import Dossier
from orders.field_labels import label_of
from orders.models import FilingOrder, Submission
from orders.objections import end_lapsed, frozen
from orders.rulebook.judging import keep_shipped
from orders.truthfulness import current_checks
from orders.workflow import Refused
from verification.actions.documents import freeze_documents
from verification.actions.truthfulness import freeze_checks


def freeze(order: FilingOrder, actor: Actor) -> Submission:
    """Seal the draft of `order` as the submission of its round; runs inside the transition.

    Raises Refused where a picture the draft names is not there any more.
    """
    dossier, looked = order.dossier, assess(order)
    keep_shipped()
    submission = Submission(
        order=order,
        round=order.round,
        submitted_at=clock.now(),
        submitted_by_id=actor.user_id,
        # Of the very look the findings are from: another could see an edit more.
        rule_set_version=looked.judging.rule_set.version,
        shipped_rules_id=looked.judging.shipped,
        rule_edits=[str(edit) for edit in looked.judging.edits],
        document_hashes=_hashes(order, dossier),
        truthfulness=freeze_checks(current_checks(order)),
    )
    found = [finding.to_dict() for finding in looked.findings]
    submission.freeze(dossier, found, frozen(looked.objectionables))
    submission.save()
    end_lapsed(order, looked.objectionables)
    order.put_submission(submission)
    return submission


def _hashes(order: FilingOrder, dossier: Dossier) -> dict[str, str]:
    hashes = freeze_documents(
        order.pk, [pk for files in dossier.materials.values() for pk in files]
    )
    gone = [key for key, files in dossier.materials.items() if not hashes.keys() >= set(files)]
    if gone:
        subject = dossier.subject
        labels = [label_of(f"materials.{key}", subject.nature, subject) for key in gone]
        names = _("、").join(labels)
        reason = _("这些图片已经不在，请重新上传后再提交：%(names)s。") % {"names": names}
        raise Refused("pictures_there", reason)
    return hashes
