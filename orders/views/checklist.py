"""Answering the checklist of a case."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from beian.access import Level, access
from orders.actions.calls import Call, note_call
from orders.actions.checklist import Answer, answer_items, fail_item, refusal_to_answer
from orders.actions.unsaved import forget_unsaved, keep_unsaved, unsaved_of
from orders.checklist.items import Item, items_for
from orders.desk.case_rows import Table, table_of
from orders.desk.checklist import GREEN, LOOKED_AT, group_answers
from orders.desk.checklist_evidence import evidence_of
from orders.desk.composer import KEPT, place_of_item, typed_in
from orders.dossier.paths import is_within
from orders.enums import CallOutcome, Verdict
from orders.field_labels import pattern_of
from orders.forms.checklist import NO_COMMENT, FailForm, NotApplicableForm
from orders.forms.comment import USE_REASON, values_of_reason
from orders.models import FilingOrder
from orders.views.desk import REVIEWERS, case_of
from orders.views.version import posted_version
from orders.workflow import Refused

ANCHOR = "#checklist"


def _back(order: FilingOrder) -> HttpResponse:
    return redirect(f"{reverse('orders:case', args=[order.pk])}{ANCHOR}")


def _table(order: FilingOrder) -> Table:
    return table_of(order.submission, [])


def _item(order: FilingOrder, key: str) -> Item:
    for item in items_for(order):
        if item.key == key:
            return item
    raise Http404


@access(Level.STAFF, *REVIEWERS)
@require_POST
def checklist(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One item passes, or everything that may be confirmed together."""
    order = case_of(pk, request.actor)
    kind, _colon, name = request.POST.get("answer", "").partition(":")
    try:
        if kind == "call":
            call = Call(name, CallOutcome.CONFIRMED)
            note_call(request.actor, order_id=pk, call=call, version=posted_version(request))
            return _back(order)
        answers = _answers(request, order, kind, name)
        answer_items(request.actor, order_id=pk, answers=answers, version=posted_version(request))
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return _back(order)


def _answers(request: HttpRequest, order: FilingOrder, kind: str, name: str) -> list[Answer]:
    table = _table(order)
    if kind == "group" and name in {GREEN, LOOKED_AT}:
        return group_answers(order, request.actor, table, name)
    if kind == Verdict.PASS:
        item = _item(order, name)
        return [Answer(name, Verdict.PASS, machine=evidence_of(item, order, table).tone)]
    raise Refused("answer", _("没有选择要回答的项目，请刷新页面后重试。"))


@access(Level.STAFF, *REVIEWERS)
@require_http_methods(["GET", "POST"])
def checklist_item(request: HttpRequest, pk: UUID, key: str) -> HttpResponse:
    """Why an item fails, with the comment for the applicant; ?verdict=not_applicable: why not."""
    order = case_of(pk, request.actor)
    refusal = refusal_to_answer(order, request.actor)
    if refusal and request.method == "GET":
        messages.error(request, refusal)
        return _back(order)
    item, table = _item(order, key), _table(order)
    answer = _not_applicable if _is_not_applicable(request) else _fail
    return answer(request, order, item, table)


def _is_not_applicable(request: HttpRequest) -> bool:
    return request.GET.get("verdict") == Verdict.NOT_APPLICABLE


def _fields(item: Item, table: Table) -> list[tuple[str, str]]:
    return [
        (row.path, f"{group.title} {row.label}")
        for group in table.groups
        for row in group.rows
        if any(is_within(pattern_of(row.path), path) for path in item.comment_on)
    ]


def _fail(request: HttpRequest, order: FilingOrder, item: Item, table: Table) -> HttpResponse:
    fields = _fields(item, table)
    if request.method == "POST" and request.POST.get("action") == USE_REASON:
        typed = request.POST.dict()
        taken = values_of_reason(typed.get("reason", ""), order.nature)
        form = FailForm(initial={**typed, **taken}, item=item, fields=fields)
        return _page(request, order, item, table, form)
    kept = _kept(request, order, item)
    form = FailForm(request.POST or None, initial=kept, item=item, fields=fields)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        answer = Answer(
            item.key,
            Verdict.FAIL,
            reason_code=data["reason"],
            note=data["note"],
            machine=evidence_of(item, order, table).tone,
        )
        comment = form.comment()
        path = "" if data["path"] == NO_COMMENT else data["path"]
        return _save(request, order, item, table, form, answer, path=path, comment=comment)
    return _page(request, order, item, table, form)


def _not_applicable(
    request: HttpRequest, order: FilingOrder, item: Item, table: Table
) -> HttpResponse:
    form = NotApplicableForm(request.POST or None, initial=_kept(request, order, item))
    if request.method == "POST" and form.is_valid():
        answer = Answer(
            item.key,
            Verdict.NOT_APPLICABLE,
            note=form.cleaned_data["note"],
            machine=evidence_of(item, order, table).tone,
        )
        return _save(request, order, item, table, form, answer)
    return _page(request, order, item, table, form)


def _save(
    request: HttpRequest,
    order: FilingOrder,
    item: Item,
    table: Table,
    form: FailForm | NotApplicableForm,
    answer: Answer,
    **comment: Any,
) -> HttpResponse:
    """Write it; a refusal (a lease that ran out) keeps what was typed on the page."""
    try:
        fail_item(
            request.actor,
            order_id=order.pk,
            answer=answer,
            version=posted_version(request),
            **comment,
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, order, item, table, form)
    forget_unsaved(request.actor, order_id=order.pk, place=place_of_item(item.key))
    return _back(order)


def _kept(request: HttpRequest, order: FilingOrder, item: Item) -> dict[str, str]:
    """What was typed here when it could not be saved."""
    return unsaved_of(order, request.actor).get(place_of_item(item.key), {})


def _keep(request: HttpRequest, order: FilingOrder, item: Item, form: Any) -> None:
    texts = {**typed_in(form), "query": request.GET.urlencode()}
    place = place_of_item(item.key)
    keep_unsaved(request.actor, order_id=order.pk, place=place, texts=texts)
    form.add_error(None, KEPT)


def _page(
    request: HttpRequest, order: FilingOrder, item: Item, table: Table, form: Any
) -> HttpResponse:
    if form.is_bound and refusal_to_answer(order, request.actor):
        _keep(request, order, item, form)
    context: Mapping[str, Any] = {
        "order": order,
        "item": item,
        "form": form,
        "evidence": evidence_of(item, order, table),
        "is_failure": isinstance(form, FailForm),
    }
    return render(request, "orders/desk/checklist_item.html", context)
