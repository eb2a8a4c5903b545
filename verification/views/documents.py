"""Showing an uploaded picture to the account that owns it."""

from uuid import UUID

import structlog
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.audit import record_audit
from beian.crypto.provider import DecryptionFailed
from verification.actions.documents import DocumentDamaged, read_document
from verification.models import Document

log = structlog.get_logger(__name__)


@access(Level.FILING)
@require_GET
def show_document(request: HttpRequest, pk: UUID) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk, account=request.account, erased_at=None)
    response = picture_response(document)
    record_audit(request.actor, "view_document", obj=document, request=request)
    return response


def picture_response(document: Document) -> HttpResponse:
    """The picture as an answer that nothing keeps and nothing can run in; raises Http404."""
    try:
        content = read_document(document)
    except (DecryptionFailed, DocumentDamaged) as error:
        # Erased with its order, or damaged: the reader cannot do anything about either.
        log.warning("document unreadable", document=str(document.pk), error=type(error).__name__)
        raise Http404 from error
    return private_picture(content, str(document.pk))


def private_picture(content: bytes, name: str) -> HttpResponse:
    """A JPEG that nothing keeps and nothing can run in."""
    response = HttpResponse(content, content_type=Document.MEDIA_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'inline; filename="{name}.jpg"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
