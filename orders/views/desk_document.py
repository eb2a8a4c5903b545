"""A picture of a submission for the desk: role checked, marked, every look recorded."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from beian import clock
from beian.access import Level, access
from beian.audit import record_audit
from orders.desk.case_documents import belongs_to
from orders.desk.watermark import marked
from orders.views.desk import DESK, case_of
from verification.actions.documents import documents_of
from verification.views.documents import picture_response


def viewer_mark(request: HttpRequest) -> str:
    """Who looks and when, for the watermark."""
    moment = clock.now().astimezone(clock.SHANGHAI)
    name = request.user.staff_name
    label = name if name.isascii() else f"staff {request.user.pk}"
    return f"{label}  {moment:%Y-%m-%d %H:%M}"


@access(Level.STAFF, *DESK)
@require_GET
def desk_document(request: HttpRequest, pk: UUID, document_id: UUID) -> HttpResponse:
    order = case_of(pk, request.actor)
    if not belongs_to(order.submission, document_id):
        raise Http404
    document = get_object_or_404(documents_of(order.pk), pk=document_id)
    response = picture_response(document)
    # Before the answer leaves: a look that cannot be recorded does not happen.
    record_audit(
        request.actor,
        "view_document",
        obj=document,
        field=document.kind,
        purpose="review",
        request=request,
    )
    response.content = marked(response.content, viewer_mark(request))
    return response
