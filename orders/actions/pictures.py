"""Pictures of the draft: kept in the order's folder, named in its dossier."""

from collections.abc import Collection, Mapping

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.actions.draft import Saved, save_draft
from orders.apply.editing import closed_reason
from orders.field_labels import label_of
from orders.models import FilingOrder
from orders.workflow import Refused
from verification.actions.documents import (
    PictureRefused,
    documents_of,
    remove_document,
    store_document,
)


def save_uploads(
    actor: Actor,
    order: FilingOrder,
    *,
    version: int,
    uploads: Mapping[str, UploadedFile],
    removed: Collection[str] = (),
) -> tuple[Saved, dict[str, str]]:
    """Store uploads by material key; returns the saved draft and the refusals by key.

    A new picture takes the place of the one before. Raises Refused.
    """
    edits: dict[str, list[str]] = {f"materials.{key}": [] for key in removed}
    refused: dict[str, str] = {}
    for key, upload in uploads.items():
        reason = closed_reason(order, f"materials.{key}")
        if reason:
            raise Refused("closed", reason)
        try:
            document = store_document(
                actor, owner=order.pk, account=order.account, kind=key, upload=upload
            )
        except PictureRefused as refusal:
            words = {"picture": label_of(f"materials.{key}"), "reason": refusal.reason}
            refused[key] = _("%(picture)s：%(reason)s") % words
        else:
            edits[f"materials.{key}"] = [str(document.pk)]
    saved = save_draft(actor, order.pk, version=version, edits=edits)
    _drop_unused(actor, order, saved)
    return saved, refused


def _drop_unused(actor: Actor, order: FilingOrder, saved: Saved) -> None:
    """Delete pictures that the draft no longer names; those of a submission stay."""
    before = {name for files in order.dossier.materials.values() for name in files}
    after = {name for files in saved.order.dossier.materials.values() for name in files}
    for document in documents_of(order.pk).filter(pk__in=before - after):
        remove_document(actor, document)
