"""Writing, changing and withdrawing a comment, in a composer under its field."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.comments import (
    add_comment,
    edit_comment,
    refusal_to_comment,
    withdraw_comment,
)
from orders.actions.unsaved import forget_unsaved, keep_unsaved, unsaved_of
from orders.desk.case_rows import anchor_of
from orders.desk.composer import (
    DISCARD,
    KEPT,
    comment_url,
    composer,
    kept_place,
    place_of_comment,
    typed_in,
)
from orders.desk.objection_lines import finding_objected
from orders.dossier import PathError, get_value, said_at
from orders.enums import CommentSeverity
from orders.finding_display import error_text
from orders.forms.comment import USE_REASON, CommentForm, values_of_reason
from orders.models import FilingOrder, OrderComment
from orders.views.case import render_case
from orders.views.desk import DESK, case_of
from orders.views.version import posted_version
from orders.workflow import Refused


def _field_url(order: FilingOrder, path: str) -> str:
    return f"{reverse('orders:case', args=[order.pk])}#{anchor_of(path)}"


def _known_path(order: FilingOrder, path: str) -> str:
    """Where the applicant answers a remark on `path`."""
    dossier = order.submission.dossier
    try:
        get_value(dossier, path)
    except PathError:
        raise Http404 from None
    return said_at(path, dossier)


def _taken_over(request: HttpRequest, order: FilingOrder, path: str) -> CommentForm:
    """The composer with the words of the chosen reason; what the library lacks stays as typed."""
    typed = request.POST.dict()
    words = values_of_reason(typed.get("reason", ""), order.nature)
    return CommentForm(initial={**typed, **words}, path=path, nature=order.nature)


@access(Level.STAFF, *DESK)
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new comment on ?path=…"""
    order = case_of(pk, request.actor)
    path = _known_path(order, request.GET.get("path", ""))
    url = comment_url(order, path)
    if request.method == "GET":
        return _open(request, order, path, url, None)
    if request.POST.get("action") == DISCARD:
        return _discard(request, order, path, None)

    def save(form: CommentForm) -> None:
        add_comment(request.actor, order_id=pk, path=path, content=form.content())

    return _post(request, order, path, url, None, save)


@access(Level.STAFF, *DESK)
@require_http_methods(["GET", "POST"])
def comment_edit(request: HttpRequest, pk: UUID, comment_id: int) -> HttpResponse:
    """An existing comment of this round: change it or take it back."""
    order = case_of(pk, request.actor)
    existing = next((row for row in order.standing_comments if row.pk == comment_id), None)
    if existing is None:
        raise Http404
    url = reverse("orders:comment-edit", args=[pk, comment_id])
    if request.method == "GET":
        return _open(request, order, existing.path, url, existing)
    if request.POST.get("action") == DISCARD:
        return _discard(request, order, existing.path, existing)
    if request.POST.get("action") == "withdraw":
        return _withdraw(request, order, existing)

    def save(form: CommentForm) -> None:
        edit_comment(
            request.actor,
            order_id=pk,
            comment_id=comment_id,
            content=form.content(),
            version=posted_version(request),
        )

    return _post(request, order, existing.path, url, existing, save)


def _open(
    request: HttpRequest, order: FilingOrder, path: str, url: str, existing: OrderComment | None
) -> HttpResponse:
    """The composer, or why there is none: nobody should type what cannot be saved.

    Words that could not be saved before stand in it again.
    """
    refusal = refusal_to_comment(order, request.actor)
    if refusal:
        messages.error(request, refusal)
        return redirect(_field_url(order, path))
    kept = unsaved_of(order, request.actor)
    place = kept_place(order, kept, path, existing)
    values = kept[place] if place else _values(existing) if existing else _rule_text(request, order)
    form = CommentForm(initial=values, path=path, nature=order.nature)
    return render_case(request, order, composer(form, path, url, existing, is_kept=bool(place)))


def _rule_text(request: HttpRequest, order: FilingOrder) -> dict[str, str]:
    """That the objection ?objection=… fails, and what the rule says."""
    key = request.GET.get("objection", "")
    finding = finding_objected(order, int(key)) if key.isdecimal() else None
    if finding is None:
        return {}
    text = _("您的异议没有被采纳。%(demand)s") % {"demand": error_text(finding)}
    return {"severity": CommentSeverity.MUST_FIX, "text": text}


def _discard(
    request: HttpRequest, order: FilingOrder, path: str, existing: OrderComment | None
) -> HttpResponse:
    """The words that were kept are not wanted any more."""
    place = kept_place(order, unsaved_of(order, request.actor), path, existing)
    if place:
        forget_unsaved(request.actor, order_id=order.pk, place=place)
        messages.success(request, _("没有保存的文字已删除。"))
    return redirect(_field_url(order, path))


def _values(existing: OrderComment) -> dict[str, str]:
    return {
        "reason": existing.reason_code,
        "severity": existing.severity,
        "text": existing.text,
        "example": existing.example,
    }


def _withdraw(request: HttpRequest, order: FilingOrder, existing: OrderComment) -> HttpResponse:
    try:
        withdraw_comment(
            request.actor,
            order_id=order.pk,
            comment_id=existing.pk,
            version=posted_version(request),
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("意见已撤回。"))
    return redirect(_field_url(order, existing.path))


def _post(
    request: HttpRequest,
    order: FilingOrder,
    path: str,
    url: str,
    existing: OrderComment | None,
    save: Any,
) -> HttpResponse:
    if request.POST.get("action") == USE_REASON:
        form = _taken_over(request, order, path)
        return render_case(request, order, composer(form, path, url, existing))
    form = CommentForm(request.POST, path=path, nature=order.nature)
    place = kept_place(order, unsaved_of(order, request.actor), path, existing)
    if form.is_valid():
        try:
            save(form)
        except Refused as refusal:
            form.add_error(None, refusal.reason)
        else:
            if place:
                forget_unsaved(request.actor, order_id=order.pk, place=place)
            messages.success(request, _("意见已保存，做出决定时发送给申请人。"))
            return redirect(_field_url(order, path))
    if refusal_to_comment(order, request.actor):
        # Most often a lease that ran out: what was typed waits until the case is taken again.
        texts = {**typed_in(form), "at": path}
        place = place or place_of_comment(path, existing)
        keep_unsaved(request.actor, order_id=order.pk, place=place, texts=texts)
        form.add_error(None, KEPT)
    return render_case(request, order, composer(form, path, url, existing))
