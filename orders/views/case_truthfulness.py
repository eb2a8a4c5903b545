"""The truthfulness check of a case: recording outcomes, and the photo of the face."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from beian.access import Level, access
from beian.audit import record_audit
from orders.actions import truthfulness_review
from orders.actions.truthfulness import CheckRefused
from orders.desk.watermark import marked
from orders.forms.truthfulness import CONFIRM, LABELS, REFUSE, SCHEDULE, OutcomeForm
from orders.models import FilingOrder
from orders.truthfulness_results import TruthfulnessResult, results_of
from orders.views.desk import DESK, REVIEWERS, case_of
from orders.views.desk_document import viewer_mark
from orders.views.version import posted_version
from orders.workflow import Refused
from verification.actions.face_photos import PhotoGone, read_photo
from verification.meeting_times import text_of
from verification.views.documents import private_picture


def _results(order: FilingOrder) -> list[TruthfulnessResult]:
    return results_of(order.submission)


def _evidence(order: FilingOrder) -> str:
    return reverse("orders:case", args=[order.pk]) + "?view=evidence"


@access(Level.STAFF, *REVIEWERS)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: UUID, check_id: UUID) -> HttpResponse:
    """One page per person: what is known, and what the reviewer found out."""
    order = case_of(pk, request.actor)
    result = next((item for item in _results(order) if item.check.pk == check_id), None)
    if result is None:
        raise Http404
    # What was typed comes back with the refusal, whatever became of the case meanwhile.
    outcomes = _outcomes(result) or ([*LABELS] if request.method == "POST" else [])
    form = OutcomeForm(request.POST or None, outcomes=outcomes)
    if form.is_valid():
        try:
            _store(request, order, check_id, form)
        except (Refused, CheckRefused) as refusal:
            form.add_error(None, refusal.reason)
        else:
            messages.success(request, _("核验结果已记录。"))
            return redirect(_evidence(order))
    context = {
        "order": order,
        "result": result,
        "form": form if outcomes else None,
        "refusal": ""
        if form.is_bound
        else truthfulness_review.refusal_to_record(order, request.actor),
        "preferred": [text_of(value) for value in result.meeting.preferred]
        if result.meeting
        else [],
        "back": _evidence(order),
    }
    return render(request, "orders/desk/truthfulness.html", context)


def _outcomes(result: TruthfulnessResult) -> list[str]:
    if result.check.closed_at is not None:
        return []
    has_open_meeting = result.meeting is not None and result.meeting.is_open
    return [SCHEDULE, CONFIRM, REFUSE] if has_open_meeting else [REFUSE]


def _store(request: HttpRequest, order: FilingOrder, check_id: UUID, form: OutcomeForm) -> None:
    ids: dict[str, Any] = {"order_id": order.pk, "check_id": check_id}
    ids["version"] = posted_version(request)
    outcome, note = form.cleaned_data["outcome"], form.cleaned_data["note"]
    if outcome == SCHEDULE:
        truthfulness_review.schedule(request.actor, **ids, at=form.moment)
    elif outcome == CONFIRM:
        truthfulness_review.confirm(request.actor, **ids, note=note)
    else:
        truthfulness_review.refuse(request.actor, **ids, note=note)


@access(Level.STAFF, *DESK)
@require_GET
def face_picture(request: HttpRequest, pk: UUID, photo_id: UUID) -> HttpResponse:
    """The photo of a submission: marked, kept nowhere, every look recorded."""
    order = case_of(pk, request.actor)
    photos = {item.photo.pk: item.photo for item in _results(order) if item.photo is not None}
    photo = photos.get(photo_id)
    if photo is None:
        raise Http404
    try:
        content = read_photo(photo)
    except PhotoGone as gone:
        raise Http404 from gone
    # Before the answer leaves: a look that cannot be recorded does not happen.
    record_audit(
        request.actor,
        "view_face_photo",
        obj=photo,
        field="photo",
        purpose="review",
        request=request,
    )
    return private_picture(marked(content, viewer_mark(request)), str(photo.pk))
