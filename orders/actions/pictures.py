"""Pictures of the draft: kept in the order's folder, named in its dossier."""

from collections.abc import Collection, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.actions.draft import Saved, save_draft
from orders.apply.editing import closed_reason
from orders.field_labels import label_of
from orders.models import FilingOrder
from orders.workflow import Refused, locked
from verification.actions.documents import (
    PictureRefused,
    documents_of,
    drop_rolled_back,
    keep_picture,
    picture_of,
    remove_document,
)
from verification.models import Document
from verification.pictures import Picture


def save_uploads(
    actor: Actor,
    order: FilingOrder,
    *,
    version: int,
    uploads: Mapping[str, UploadedFile],
    removed: Collection[str] = (),
) -> tuple[Saved, dict[str, str]]:
    """Store uploads by material key; returns the saved draft and the refusals by key.

    A new picture takes the place of the one before; one that the draft does not take up (a page
    too old, a field somebody else changed) is not kept. Raises Refused.
    """
    for key in uploads:
        reason = closed_reason(order, f"materials.{key}")
        if reason:
            raise Refused("closed", reason)
    pictures, refused = _decoded(uploads, order.nature)
    kept: dict[str, Document] = {}
    try:
        saved = _store(actor, order, version, pictures, removed, kept)
    except Refused:
        drop_rolled_back(kept.values())
        raise
    return saved, refused


def _decoded(
    uploads: Mapping[str, UploadedFile], nature: str
) -> tuple[dict[str, tuple[str, Picture]], dict[str, str]]:
    """Names and pictures by key, and the refusals; the slow part, before anything is locked."""
    pictures: dict[str, tuple[str, Picture]] = {}
    refused: dict[str, str] = {}
    for key, upload in uploads.items():
        try:
            pictures[key] = (upload.name or "", picture_of(upload))
        except PictureRefused as refusal:
            words = {"picture": label_of(f"materials.{key}", nature), "reason": refusal.reason}
            refused[key] = _("%(picture)s：%(reason)s") % words
    return pictures, refused


@transaction.atomic
def _store(
    actor: Actor,
    order: FilingOrder,
    version: int,
    pictures: Mapping[str, tuple[str, Picture]],
    removed: Collection[str],
    kept: dict[str, Document],
) -> Saved:
    """Pictures and draft together or not at all; `kept` is filled as far as it gets.

    The order is locked first: the same picture sent twice at once is not taken from the one
    whose draft names it.
    """
    before = locked(order.pk)
    for key, (name, picture) in pictures.items():
        kept[key] = keep_picture(
            actor, owner=order.pk, account=order.account, kind=key, name=name, picture=picture
        )
    edits: dict[str, list[str]] = {f"materials.{key}": [] for key in removed}
    edits |= {f"materials.{key}": [str(document.pk)] for key, document in kept.items()}
    saved = save_draft(actor, order.pk, version=version, edits=edits)
    candidates = _named(before) | {str(document.pk) for document in kept.values()}
    for document in documents_of(order.pk).filter(pk__in=candidates - _named(saved.order)):
        # Pictures of a submission stay.
        remove_document(actor, document)
    return saved


def _named(order: FilingOrder) -> set[str]:
    return {name for files in order.dossier.materials.values() for name in files}
