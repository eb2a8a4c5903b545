"""Keeping, reading and removing uploaded pictures."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from uuid import UUID

import structlog
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.crypto import datakey
from beian.models import Account, AuditEntry
from beian.site_settings import setting
from verification.document_store import StoreUnavailable, delete_file, read_file, write_file
from verification.models import Document
from verification.pictures import MEBIBYTE, Picture, PictureRefused, plain_picture

__all__ = [
    "DocumentDamaged",
    "DocumentOutOfReach",
    "PictureRefused",
    "delete_or_leave",
    "documents_of",
    "drop_unkept",
    "freeze_documents",
    "keep_picture",
    "picture_of",
    "put_picture",
    "read_document",
    "remove_document",
    "removed_from",
    "store_document",
]

_NAME_LENGTH = 80
_REMOVED = "remove_document"
log = structlog.get_logger(__name__)


class DocumentDamaged(Exception):
    """The stored picture is missing or out of reach, or not the one whose hash was kept."""


class DocumentOutOfReach(DocumentDamaged):
    """The store does not answer; the picture itself may be well."""


@dataclass(frozen=True)
class PutPicture:
    """A picture whose encrypted file is written and whose document may come to be."""

    picture: Picture
    pk: uuid.UUID = field(default_factory=uuid.uuid4)
    stored_name: str = field(default_factory=lambda: uuid.uuid4().hex)


def documents_of(owner: UUID) -> QuerySet[Document]:
    """The pictures of an order that are there; those erased since are not."""
    return Document.objects.filter(owner=owner, erased_at=None)


def store_document(
    actor: Actor, *, owner: UUID, account: Account, kind: str, upload: UploadedFile
) -> Document:
    """Re-encode, encrypt and keep an upload; raises PictureRefused with a remedy.

    The same picture for the same purpose is recognised and gives the document there is.
    """
    put = put_picture(owner, picture_of(upload))
    try:
        return keep_picture(
            actor, owner=owner, account=account, kind=kind, name=upload.name or "", put=put
        )
    finally:
        drop_unkept([put])


def picture_of(upload: UploadedFile, *, megabytes: int | None = None) -> Picture:
    """The upload re-encoded; takes seconds, so nothing should be locked. Raises PictureRefused."""
    return plain_picture(_bytes_of(upload), megabytes=megabytes)


def put_picture(owner: UUID, picture: Picture) -> PutPicture:
    """Encrypt a picture and write its file; the store may be far, so nothing should be locked.

    Whoever calls this calls `drop_unkept` in the end: files know nothing of transactions. Raises
    PictureRefused when the store does not answer.
    """
    put = PutPicture(picture)
    try:
        write_file(put.stored_name, datakey.seal(owner, picture.content, _context(put.pk)))
    except StoreUnavailable as error:
        log.warning("document store unavailable", reason=str(error))
        raise PictureRefused("store", _("图片暂时无法保存，请稍后重新上传")) from error
    return put


def keep_picture(
    actor: Actor, *, owner: UUID, account: Account, kind: str, name: str, put: PutPicture
) -> Document:
    """Make the document of a picture that was put, or find the one it already is."""
    picture = put.picture
    sha256 = hashlib.sha256(picture.content).hexdigest()
    known = documents_of(owner).filter(kind=kind, sha256=sha256).first()
    if known is not None:
        return known
    document = Document(
        pk=put.pk,
        owner=owner,
        account=account,
        kind=kind,
        name=PurePath(name).name[-_NAME_LENGTH:],
        stored_name=put.stored_name,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.content),
        sha256=sha256,
        uploaded_by_id=actor.user_id,
        created_at=clock.now(),
    )
    return _keep(actor, document)


def _bytes_of(upload: UploadedFile) -> bytes:
    """At most one byte more than is accepted: enough to see that it is too much."""
    upload.seek(0)
    return upload.read(setting("upload.accepted_megabytes") * MEBIBYTE + 1)


def _context(pk: UUID) -> str:
    return f"document:{pk}"


def _keep(actor: Actor, document: Document) -> Document:
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            record_audit(actor, "store_document", obj=document, field=document.kind)
    except IntegrityError:
        # The same picture came twice at once; the other request was first.
        return documents_of(document.owner).get(kind=document.kind, sha256=document.sha256)
    return document


def drop_unkept(pictures: Iterable[PutPicture]) -> None:
    """Delete the files of which no document came to be: known already, or rolled back."""
    names = {put.stored_name for put in pictures}
    kept = Document.objects.filter(stored_name__in=names)
    for name in names - set(kept.values_list("stored_name", flat=True)):
        delete_or_leave(name)


def delete_or_leave(stored_name: str) -> None:
    """What cannot be deleted now is found by the sweep of stray files."""
    try:
        delete_file(stored_name)
    except StoreUnavailable as error:
        log.warning("document file left behind", reason=str(error))


def read_document(document: Document) -> bytes:
    """The picture as a JPEG. Whoever shows it records that (`record_audit`).

    Raises DecryptionFailed (erased or damaged), DocumentDamaged or DocumentOutOfReach.
    """
    try:
        sealed = read_file(document.stored_name)
    except FileNotFoundError as error:
        raise DocumentDamaged(f"the file of document {document.pk} is missing") from error
    except StoreUnavailable as error:
        raise DocumentOutOfReach(f"the store of document {document.pk} does not answer") from error
    content = datakey.unseal(document.owner, sealed, _context(document.pk))
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentDamaged(f"document {document.pk} differs from its hash")
    return content


def freeze_documents(owner: UUID, ids: Iterable[str | UUID]) -> dict[str, str]:
    """Keep these documents for good, as part of a submission; {id: SHA-256} in hex."""
    rows = documents_of(owner).filter(pk__in=list(ids))
    rows.filter(frozen_at=None).update(frozen_at=clock.now())
    return {str(pk): sha256 for pk, sha256 in rows.values_list("pk", "sha256")}


def _removed_from(owner: UUID) -> str:
    """In the trail, because the row that says whose picture it was is deleted."""
    return f"of {owner}"


def removed_from(owner: UUID) -> Iterable[str]:
    """Ids of pictures that `remove_document` was called with for an order, from the trail."""
    entries = AuditEntry.objects.filter(action=_REMOVED, purpose=_removed_from(owner))
    return entries.values_list("object_id", flat=True)


@transaction.atomic
def remove_document(actor: Actor, document: Document) -> bool:
    """Delete row and file. A document of a submission stays: False (only the draft forgets it)."""
    purpose = _removed_from(document.owner)
    record_audit(actor, _REMOVED, obj=document, field=document.kind, purpose=purpose)
    # Conditional, because a submission may freeze it at this moment.
    gone, _rows = Document.objects.filter(pk=document.pk, frozen_at=None).delete()
    if gone:
        transaction.on_commit(lambda: delete_or_leave(document.stored_name))
    return bool(gone)
