"""Pictures of the draft: kept in the order's folder, named in its dossier."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.actions.draft import Saved, save_draft
from orders.apply.editing import closed_reason
from orders.apply.stops import upload_refusal
from orders.field_labels import label_of
from orders.models import FilingOrder
from orders.workflow import Refused, locked
from verification.actions.documents import (
    PictureRefused,
    PutPicture,
    documents_of,
    drop_unkept,
    keep_picture,
    picture_of,
    put_picture,
    remove_document,
)
from verification.models import Document

Answers = Callable[[Collection[str]], Mapping[str, Any]]


def save_uploads(
    actor: Actor,
    order: FilingOrder,
    *,
    version: int,
    uploads: Mapping[str, UploadedFile],
    removed: Collection[str] = (),
    answers: Answers | None = None,
) -> tuple[Saved, dict[str, str]]:
    """Store uploads by material key; returns the saved draft and the refusals by key. `answers`
    tells, with what was refused, what is said of the papers (path → value).

    A new picture takes the place of the one before; one that the draft does not take up (a page
    too old, a field somebody else changed) is not kept. Raises Refused.
    """
    refusal = upload_refusal(order) if uploads else None
    if refusal:
        raise Refused("uploads", refusal.reason)
    for key in uploads:
        reason = closed_reason(order, f"materials.{key}")
        if reason:
            raise Refused("closed", reason)
    pictures, refused = _put(order, uploads)
    said = answers(refused) if answers is not None else {}
    try:
        saved = _store(actor, order, version, pictures, removed, said)
    finally:
        drop_unkept(put for _name, put in pictures.values())
    return saved, refused


def _put(
    order: FilingOrder, uploads: Mapping[str, UploadedFile]
) -> tuple[dict[str, tuple[str, PutPicture]], dict[str, str]]:
    """Names and pictures by key, and the refusals; the slow part, before anything is locked."""
    pictures: dict[str, tuple[str, PutPicture]] = {}
    refused: dict[str, str] = {}
    for key, upload in uploads.items():
        try:
            pictures[key] = (upload.name or "", put_picture(order.pk, picture_of(upload)))
        except PictureRefused as refusal:
            words = {
                "picture": label_of(f"materials.{key}", order.nature, order.dossier.subject),
                "reason": refusal.reason,
            }
            refused[key] = _("%(picture)s：%(reason)s") % words
    return pictures, refused


@transaction.atomic
def _store(
    actor: Actor,
    order: FilingOrder,
    version: int,
    pictures: Mapping[str, tuple[str, PutPicture]],
    removed: Collection[str],
    answers: Mapping[str, Any],
) -> Saved:
    """Pictures and draft together or not at all.

    The order is locked first: the same picture sent twice at once is not taken from the one
    whose draft names it.
    """
    before = locked(order.pk)
    kept: dict[str, Document] = {}
    for key, (name, put) in pictures.items():
        kept[key] = keep_picture(
            actor, owner=order.pk, account=order.account, kind=key, name=name, put=put
        )
    edits: dict[str, Any] = {**answers, **{f"materials.{key}": [] for key in removed}}
    edits |= {f"materials.{key}": [str(document.pk)] for key, document in kept.items()}
    saved = save_draft(actor, order.pk, version=version, edits=edits)
    candidates = _named(before) | {str(document.pk) for document in kept.values()}
    for document in documents_of(order.pk).filter(pk__in=candidates - _named(saved.order)):
        # Pictures of a submission stay.
        remove_document(actor, document)
    return saved


def _named(order: FilingOrder) -> set[str]:
    return {name for files in order.dossier.materials.values() for name in files}
