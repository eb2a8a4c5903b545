"""The pictures that submissions show, as stored: one at a time, each look in the audit trail."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from beian.actors import Actor
from beian.audit import record_audit
from beian.crypto.fields import left_shut
from beian.crypto.provider import DecryptionFailed, KeyNotMounted
from orders.evidence.writing import Bundle, moment
from orders.field_labels import label_of
from orders.models import FilingOrder, Submission
from verification.actions.documents import DocumentDamaged, DocumentOutOfReach, read_document
from verification.models import Document

FOLDER = "pictures"


@dataclass
class Cited:
    """One picture as submissions speak of it; `hashes` are those they were sealed with."""

    key: str
    label: str
    rounds: list[int] = field(default_factory=list)
    hashes: set[str] = field(default_factory=set)


def member_of(pk: str) -> str:
    return f"{FOLDER}/{pk}.jpg"


def cite(found: dict[str, Cited], submission: Submission) -> None:
    """Add what one submission shows to `found`, by the picture's id."""
    for pk, key, label in _shown(submission):
        picture = found.setdefault(pk, Cited(key, label))
        picture.rounds.append(submission.round)
        picture.hashes |= {submission.document_hashes.get(pk, "")} - {""}


def _shown(submission: Submission) -> Iterator[tuple[str, str, str]]:
    try:
        dossier = submission.dossier
    except KeyNotMounted:
        raise
    except DecryptionFailed:
        # What each picture is called cannot be read any more; which ones they are can.
        yield from ((pk, "", "") for pk in submission.document_hashes)
        return
    for key, ids in dossier.materials.items():
        label = label_of(f"materials.{key}", dossier.subject.nature, dossier.subject)
        yield from ((pk, key, label) for pk in ids)
    named = {pk for ids in dossier.materials.values() for pk in ids}
    yield from ((pk, "", "") for pk in submission.document_hashes.keys() - named)


def put_pictures(
    bundle: Bundle, order: FilingOrder, found: dict[str, Cited], actor: Actor, purpose: str
) -> None:
    """Raises DocumentOutOfReach: what the store does not give is not damaged."""
    rows = left_shut(Document.objects.filter(owner=order.pk))
    documents = {str(row.pk): row for row in rows}
    for pk, cited in found.items():
        _put(bundle, pk, cited, documents.get(pk), actor, purpose)
    bundle.put_json(f"{FOLDER}.json", list(_told(found, documents)))


def _put(
    bundle: Bundle, pk: str, cited: Cited, document: Document | None, actor: Actor, purpose: str
) -> None:
    name = f"{cited.label} {member_of(pk)}".strip()
    if document is None:
        bundle.problems.append(f"{name}：没有这张图片的记录 / there is no record of this picture")
        return
    if document.erased_at is not None:
        why = f"保存期满，已删除 / erased at the end of its term: {moment(document.erased_at)}"
        bundle.left_out.append({"member": member_of(pk), "why": why})
        return
    if cited.hashes - {document.sha256}:
        bundle.problems.append(f"{name}：与提交时的图片不同 / not the picture that was submitted")
    # Before it leaves: a look that cannot be recorded does not happen.
    record_audit(actor, "view_document", obj=document, field=document.kind, purpose=purpose)
    try:
        bundle.put(member_of(pk), [read_document(document)], is_packed=False)
    except (DocumentOutOfReach, KeyNotMounted):
        raise
    except (DocumentDamaged, DecryptionFailed):
        bundle.problems.append(f"{name}：缺失或已损坏 / is missing or damaged")


def _told(found: dict[str, Cited], documents: dict[str, Document]) -> Iterator[dict[str, object]]:
    for pk, cited in found.items():
        document = documents.get(pk)
        yield {
            "member": member_of(pk),
            "material": cited.key,
            "label": cited.label,
            "rounds": cited.rounds,
            "sha256": document.sha256 if document else None,
            "stored_at": moment(document.created_at) if document else None,
            "erased_at": moment(document.erased_at) if document else None,
        }
