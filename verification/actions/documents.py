"""Keeping, reading and removing uploaded pictures."""

import hashlib
import uuid
from collections.abc import Iterable
from pathlib import PurePath
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.crypto import datakey
from beian.models import Account
from beian.site_settings import setting
from verification.document_files import delete_file, read_file, write_file
from verification.models import Document
from verification.pictures import MEBIBYTE, Picture, PictureRefused, plain_picture

__all__ = [
    "DocumentDamaged",
    "PictureRefused",
    "documents_of",
    "drop_rolled_back",
    "freeze_documents",
    "keep_picture",
    "picture_of",
    "read_document",
    "remove_document",
    "store_document",
]

_NAME_LENGTH = 80


class DocumentDamaged(Exception):
    """The stored picture is missing, or not the one whose hash was kept."""


def documents_of(owner: UUID) -> QuerySet[Document]:
    return Document.objects.filter(owner=owner)


def store_document(
    actor: Actor, *, owner: UUID, account: Account, kind: str, upload: UploadedFile
) -> Document:
    """Re-encode, encrypt and keep an upload; raises PictureRefused with a remedy.

    The same picture for the same purpose is recognised and gives the document there is.
    """
    return keep_picture(
        actor,
        owner=owner,
        account=account,
        kind=kind,
        name=upload.name or "",
        picture=picture_of(upload),
    )


def picture_of(upload: UploadedFile) -> Picture:
    """The upload re-encoded; takes seconds, so nothing should be locked. Raises PictureRefused."""
    return plain_picture(_bytes_of(upload))


def keep_picture(
    actor: Actor, *, owner: UUID, account: Account, kind: str, name: str, picture: Picture
) -> Document:
    """Encrypt and keep a picture, or find the document it already is.

    Whoever rolls this back calls `drop_rolled_back`: files know nothing of transactions.
    """
    sha256 = hashlib.sha256(picture.content).hexdigest()
    known = documents_of(owner).filter(kind=kind, sha256=sha256).first()
    if known is not None:
        return known
    document = Document(
        owner=owner,
        account=account,
        kind=kind,
        name=PurePath(name).name[-_NAME_LENGTH:],
        stored_name=uuid.uuid4().hex,
        width=picture.width,
        height=picture.height,
        byte_count=len(picture.content),
        sha256=sha256,
        uploaded_by_id=actor.user_id,
        created_at=clock.now(),
    )
    return _keep(actor, document, picture)


def _bytes_of(upload: UploadedFile) -> bytes:
    """At most one byte more than is accepted: enough to see that it is too much."""
    upload.seek(0)
    return upload.read(setting("upload.accepted_megabytes") * MEBIBYTE + 1)


def _context(document: Document) -> str:
    return f"document:{document.pk}"


def _keep(actor: Actor, document: Document, picture: Picture) -> Document:
    sealed = datakey.seal(document.owner, picture.content, _context(document))
    write_file(document.stored_name, sealed)
    try:
        with transaction.atomic():
            document.save(force_insert=True)
            record_audit(actor, "store_document", obj=document, field=document.kind)
    except IntegrityError:
        # The same picture came twice at once; the other request was first.
        delete_file(document.stored_name)
        return documents_of(document.owner).get(kind=document.kind, sha256=document.sha256)
    return document


def drop_rolled_back(documents: Iterable[Document]) -> None:
    """Delete the files of those documents whose rows a rollback took away."""
    documents = list(documents)
    kept = Document.objects.filter(pk__in=[document.pk for document in documents])
    kept_ids = set(kept.values_list("pk", flat=True))
    for document in documents:
        if document.pk not in kept_ids:
            delete_file(document.stored_name)


def read_document(document: Document) -> bytes:
    """The picture as a JPEG. Whoever shows it records that (`record_audit`).

    Raises DecryptionFailed (erased or damaged) or DocumentDamaged.
    """
    try:
        sealed = read_file(document.stored_name)
    except FileNotFoundError as error:
        raise DocumentDamaged(f"the file of document {document.pk} is missing") from error
    content = datakey.unseal(document.owner, sealed, _context(document))
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentDamaged(f"document {document.pk} differs from its hash")
    return content


def freeze_documents(owner: UUID, ids: Iterable[str | UUID]) -> dict[str, str]:
    """Keep these documents for good, as part of a submission; {id: SHA-256} in hex."""
    rows = documents_of(owner).filter(pk__in=list(ids))
    rows.filter(frozen_at=None).update(frozen_at=clock.now())
    return {str(pk): sha256 for pk, sha256 in rows.values_list("pk", "sha256")}


@transaction.atomic
def remove_document(actor: Actor, document: Document) -> bool:
    """Delete row and file. A document of a submission stays: False (only the draft forgets it)."""
    record_audit(actor, "remove_document", obj=document, field=document.kind)
    # Conditional, because a submission may freeze it at this moment.
    gone, _rows = Document.objects.filter(pk=document.pk, frozen_at=None).delete()
    if gone:
        transaction.on_commit(lambda: delete_file(document.stored_name))
    return bool(gone)
