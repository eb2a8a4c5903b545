"""The pictures of a submission for the viewer, each served by the desk's own checked address."""

from collections.abc import Iterator
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from beian.ui import ViewedDocument
from orders.desk.case_fields import materials_of
from orders.dossier import Dossier
from orders.field_labels import label_of
from orders.materials import PRINCIPAL_FRONT, SERVICE_FRONT
from orders.models import Submission
from orders.service_principals import as_checked
from verification.actions.documents import documents_of
from verification.models import Document


def _ids(submission: Submission) -> Iterator[tuple[str, str, str]]:
    """(material, id, label); several pictures of one paper are numbered."""
    for key in materials_of(submission.dossier):
        ids = submission.dossier.materials[key]
        subject = submission.dossier.subject
        label = label_of(f"materials.{key}", subject.nature, subject)
        for number, pk in enumerate(ids, start=1):
            yield key, pk, label if len(ids) == 1 else f"{label} {number}"


def _note(document: Document) -> str:
    size = filesizeformat(document.byte_count)
    return _("%(width)d × %(height)d，%(size)s") % {
        "width": document.width,
        "height": document.height,
        "size": size,
    }


def viewed_documents(submission: Submission) -> list[ViewedDocument]:
    """Pictures in the order of the papers; one query."""
    known = {str(document.pk): document for document in documents_of(submission.order_id)}
    return [
        ViewedDocument(
            key=pk,
            label=label,
            url=reverse("orders:desk-document", args=[submission.order_id, pk]),
            note=_note(known[pk]),
            width=known[pk].width,
            height=known[pk].height,
        )
        for _key, pk, label in _ids(submission)
        if pk in known
    ]


def identity_pictures(submission: Submission, person_digest: str) -> list[ViewedDocument]:
    """The identity document of that service principal, the side with the portrait."""
    materials = submission.dossier.materials
    keys = _portraits_of(submission.dossier, person_digest)
    fronts = {pk for key in keys for pk in materials.get(key, [])}
    return [item for item in viewed_documents(submission) if item.key in fronts]


def _portraits_of(dossier: Dossier, person_digest: str) -> Iterator[str]:
    """Where pictures of that person's document are; a second picture is of the first service's."""
    if as_checked(dossier.subject.principal).digest == person_digest:
        yield PRINCIPAL_FRONT
    other = dossier.services[0].principal
    if not other.same_as_subject_principal and as_checked(other).digest == person_digest:
        yield SERVICE_FRONT


def belongs_to(submission: Submission, document_id: UUID) -> bool:
    """Whether the submission shows this document; drafts are nobody's to look into."""
    return any(pk == str(document_id) for _key, pk, _label in _ids(submission))
