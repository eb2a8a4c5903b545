"""Uploads that no page names any more: left by a draft that was put back to what was submitted."""

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet

from beian import clock
from beian.actions.retention import ALONE, Keys, erase_past_term
from beian.site_settings import setting
from orders import workflow
from orders.models import FilingOrder
from verification.actions.document_erasure import erase_documents
from verification.models import Document


def uploads_past_term() -> QuerySet[Document]:
    """Uploads of no submission; those the draft names are not sorted out here."""
    limit = clock.now() - timedelta(hours=setting("retention.unused_upload_hours"))
    return Document.objects.filter(frozen_at=None, erased_at=None, created_at__lte=limit)


def erase_unused_uploads() -> int:
    """Returns of how many orders."""
    uploads = uploads_past_term()
    orders = FilingOrder.objects.filter(pk__in=uploads.values("owner"))

    def erase(keys: Keys) -> int:
        return sum(_erase(uploads, key) for key in keys)

    return erase_past_term("erase_unused_uploads", orders, erase, batch=ALONE)


def _erase(uploads: QuerySet[Document], key: UUID) -> bool:
    # Most drafts name all of theirs: no lock for those, every hour anew.
    if not _unused(uploads, FilingOrder.objects.with_key().get(pk=key)).exists():
        return False
    return bool(erase_documents(_unused(uploads, workflow.locked(key))))


def _unused(uploads: QuerySet[Document], order: FilingOrder) -> QuerySet[Document]:
    unnamed = uploads.filter(owner=order.pk).exclude(pk__in=_named(order))
    # What was set aside costs an opening of every revision: only where it matters.
    return unnamed.exclude(pk__in=_set_aside(order)) if unnamed.exists() else unnamed


def _named(order: FilingOrder) -> set[str]:
    return {name for files in order.dossier.materials.values() for name in files}


def _set_aside(order: FilingOrder) -> set[str]:
    """What the applicant had uploaded when a recall put the draft back: still shown as his."""
    if not order.is_open or not order.round:
        return set()
    saved = order.revisions.filter(created_at__gt=order.submission.submitted_at)
    dossiers = (revision.read() for revision in saved)
    return {name for each in dossiers for files in each.materials.values() for name in files}
