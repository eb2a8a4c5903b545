"""The case page: documents at the left, fields with their checks and comments at the right."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from beian import clock
from beian.access import Level, access
from beian.data_language import data_language
from beian.site_settings import setting
from beian.ui import NavItem
from orders.actions.comments import refusal_to_comment
from orders.actions.objections import refusal_to_waive
from orders.actions.review import extend_lease
from orders.actions.unsaved import unsaved_of
from orders.checklist.items import item_label
from orders.desk.call_lines import call_lines
from orders.desk.case_bar import bar_of, closed_note
from orders.desk.case_documents import identity_pictures, viewed_documents
from orders.desk.case_rows import anchor_of, table_of
from orders.desk.checklist import panel_of, progress_text
from orders.desk.comment_display import place_of, shown_comment
from orders.desk.composer import kept_composer, kept_links
from orders.desk.objection_lines import objection_lines
from orders.desk.queue_lines import lines_of
from orders.desk.reveal import take_revealed
from orders.dossier import diff
from orders.enums import REVIEW_STATES
from orders.field_values import diff_rows
from orders.filings import timeline
from orders.filings.erased import note_for_desk, note_of_erasure
from orders.models import FilingOrder, OrderComment, Submission
from orders.objections import waivers_of
from orders.replies import answers_of
from orders.truthfulness_results import results_of
from orders.views.desk import DESK, case_of

TABS = ("data", "changes", "history", "evidence")
LEASE_NOTED_EVERY = timedelta(minutes=1)
# What the viewer shows is kept when a comment is opened beside it.
VIEWER_QUERY = ("document", "zoom", "turn")


@access(Level.STAFF, *DESK)
@require_GET
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    order = case_of(pk, request.actor, erased_too=True)
    return _erased(request, order) if order.is_erased else render_case(request, order)


def _erased(request: HttpRequest, order: FilingOrder) -> HttpResponse:
    context = {
        "order": order,
        "line": lines_of([order], request.actor.user_id, frozenset())[0],
        "erased_note": note_of_erasure(order),
        "entries": list(reversed(timeline.entries_of(order))),
    }
    return render(request, "orders/desk/erased.html", context)


def render_case(
    request: HttpRequest, order: FilingOrder, composer: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page of a case, with an open composer if one is given; also used after its errors."""
    if _is_lease_worn(order, request.actor.user_id):
        until = extend_lease(request.actor, order_id=order.pk)
        order.lease_until = until or order.lease_until
    submission = order.submission
    tab = request.GET.get("view", "")
    tab = tab if tab in TABS and composer is None else TABS[0]
    comments = order.standing_comments
    context = {
        "order": order,
        "line": lines_of([order], request.actor.user_id, frozenset())[0],
        "submission": submission,
        "bar": bar_of(order, request.actor, comments),
        "closed_note": closed_note(order),
        "progress": progress_text(order, request.actor) if order.state in REVIEW_STATES else "",
        "tab": tab,
        "beat_seconds": _seconds_between_beats(),
        "tabs": _tabs(order, tab),
        **_TAB_CONTEXTS[tab](request, order, submission, comments),
        **(composer or {}),
    }
    response = render(request, "orders/desk/case.html", context)
    # Personal data in full may be on it, and a copy from the history would show it again.
    response["Cache-Control"] = "private, no-store"
    if revealed := context.get("revealed"):
        # The page is asked for again without the token, so the value is masked without a script.
        response["Refresh"] = f"{revealed.seconds}; url={request.path}#{anchor_of(revealed.path)}"
    return response


def _is_lease_worn(order: FilingOrder, user_id: int) -> bool:
    """Whether looking should extend the lease: noted once a minute, not on every page."""
    if not order.is_claimed_by(user_id) or order.lease_until is None:
        return False
    lease = timedelta(minutes=setting("review.lease_minutes"))
    return order.lease_until - clock.now() < lease - LEASE_NOTED_EVERY


def _seconds_between_beats() -> int:
    """Two beats may be lost before the lease is."""
    return setting("review.lease_minutes") * 60 // 3


def _tabs(order: FilingOrder, tab: str) -> list[NavItem]:
    labels = {
        "data": _("资料核对"),
        "changes": _("与上一轮差异"),
        "history": _("历史"),
        "evidence": _("证据和豁免"),
    }
    return [NavItem(label, f"?view={name}", current=name == tab) for name, label in labels.items()]


def _viewer_query(request: HttpRequest) -> str:
    kept = request.GET.copy()
    for name in list(kept):
        if name not in VIEWER_QUERY:
            del kept[name]
    return f"&{kept.urlencode()}" if kept else ""


def _data(
    request: HttpRequest, order: FilingOrder, submission: Submission, comments: list[OrderComment]
) -> dict[str, Any]:
    table = table_of(submission, comments)
    token = request.GET.get("shown", "")
    revealed = take_revealed(request.session, order.pk, submission, token) if token else None
    subject = submission.dossier.subject
    refusal = refusal_to_comment(order, request.actor)
    kept = {} if refusal else unsaved_of(order, request.actor)
    return {
        "table": table,
        "objections": objection_lines(order, table.paths),
        "may_waive": bool(submission.objections) and not refusal_to_waive(order, request.actor),
        "panel": panel_of(order, request.actor, table) if order.state in REVIEW_STATES else None,
        "documents": viewed_documents(submission),
        "erased_note": note_for_desk(order),
        "comments": [
            (item, shown_comment(item, subject), place_of(item, subject.nature))
            for item in comments
        ],
        "may_comment": not refusal,
        "comment_refusal": refusal,
        "revealed": revealed,
        # Every row is compared with these; a missing name would cost each of them an exception.
        "revealed_path": revealed.path if revealed else "",
        "composer_path": "",
        "kept_links": kept_links(order, kept),
        **kept_composer(order, kept),
        "viewer_query": _viewer_query(request),
        "language": data_language(),
    }


def _changes(
    _request: HttpRequest, order: FilingOrder, submission: Submission, _comments: list[OrderComment]
) -> dict[str, Any]:
    previous = order.submissions.filter(round__lt=order.round).first()
    if previous is None:
        return {"previous": None}
    subject = submission.dossier.subject
    changes = diff(previous.dossier, submission.dossier)
    answers = answers_of(order, previous.round, changes=changes)
    return {
        "previous": previous,
        "rows": diff_rows(tuple(changes), subject),
        "answers": [
            (answer, shown_comment(answer.comment, subject), diff_rows(answer.changes, subject))
            for answer in answers
        ],
    }


def _history(
    _request: HttpRequest, order: FilingOrder, _submission: Submission, _comments: object
) -> dict[str, Any]:
    entries = timeline.entries_of(order)
    return {"entries": list(reversed(entries))}


def _evidence(
    request: HttpRequest, order: FilingOrder, submission: Submission, _comments: object
) -> dict[str, Any]:
    results = results_of(submission)
    # A face is shown when somebody asks for it, not because the page was opened.
    chosen = request.GET.get("face", "")
    shown = next((r for r in results if r.shown_as == chosen), None)
    answers = order.checklist_answers.select_related("author")
    return {
        "is_intact": submission.is_intact(),
        "answers": [(item_label(answer.item), answer) for answer in answers],
        "waivers": waivers_of(submission),
        "calls": call_lines(order, submission.dossier.subject.nature),
        "results": results,
        "shown_face": shown,
        "identity_pictures": identity_pictures(submission, shown.check.person_digest)
        if shown
        else [],
    }


_TAB_CONTEXTS = {"data": _data, "changes": _changes, "history": _history, "evidence": _evidence}
