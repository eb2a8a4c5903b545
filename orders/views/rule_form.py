"""Writing an edit of a rule; what somebody typed stays on the page, whoever was faster."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.dates import moment_text
from beian.ui import DiffRow
from orders.actions.rule_edits import refusal_to_change, save_rule_edit
from orders.forms.rule_edit import RuleForm
from orders.forms.rule_removal import RemovalForm
from orders.models import RuleEdit
from orders.rulebook.content import base_of, last_published, may_remove, standing_row
from orders.rulebook.description import differences
from orders.rulebook.listing import address_of, key_of, province_shown
from orders.views.rules import OPERATORS
from orders.views.version import posted_version
from orders.workflow import Refused, Stale

# What a form begins with, when the address names no edit: the shipped row, or no rule any more.
SHIPPED, NOTHING = "shipped", "nothing"
# The button by which an author puts what he typed in the place of a draft he was shown.
OVERWRITE = "overwrite"


@dataclass(frozen=True)
class Meanwhile:
    """A draft that was saved since the page was made, and how what was typed differs from it."""

    draft: RuleEdit
    rows: list[DiffRow]
    may_overwrite: bool


@access(Level.STAFF, *OPERATORS)
@require_http_methods(["GET", "POST"])
def rule_edit_form(request: HttpRequest, rule_key: str) -> HttpResponse:
    """The draft of a rule; `?from=` begins with an earlier edit, the shipped row or without one."""
    key = key_of(rule_key)
    draft = _draft_of(key)
    refusal = refusal_to_change(draft, request.actor) if draft is not None else ""
    if request.method == "GET" and draft is not None:
        if refusal:
            messages.error(request, refusal)
            return redirect("orders:rule-edit", draft.pk)
        if draft.removes and not request.GET.get("from") and may_remove(key):
            return redirect(f"{request.path}?from={NOTHING}")
    form = _form(request, key, draft)
    meanwhile = None
    if refusal and not form.is_valid():
        form.add_error(None, refusal)
    elif request.method == "POST" and form.is_valid():
        edit = _save(request, form)
        if edit is not None:
            messages.success(request, _("修改已保存为草稿。"))
            return redirect("orders:rule-edit", edit.pk)
        meanwhile = _meanwhile(request, form)
    return _page(request, form, draft, meanwhile)


def _draft_of(key: str) -> RuleEdit | None:
    return RuleEdit.objects.open().select_related("author").filter(rule_key=key).first()


def _form(request: HttpRequest, key: str, draft: RuleEdit | None) -> RuleForm | RemovalForm:
    """Raises Http404 for a rule or an edit that is nowhere."""
    origin = request.GET.get("from", "")
    reason = draft.reason if draft is not None else ""
    data = request.POST or None
    if origin == NOTHING and may_remove(key):
        return RemovalForm(data, key=key, reason=reason)
    row, is_own = _beginning(key, draft, origin), base_of(key).row is None
    return RuleForm(data, key=key, row=row, reason=reason, is_own=is_own)


def _beginning(key: str, draft: RuleEdit | None, origin: str) -> Mapping[str, Any]:
    """The row the form shows first; Http404 for a rule that is nowhere."""
    row: Mapping[str, Any] | None
    if origin == SHIPPED or (origin == NOTHING and draft is not None and draft.removes):
        # A rule that an upgrade ships cannot be let go any more: its draft begins with that.
        row = base_of(key).row
    elif origin:
        row = _row_of_edit(key, origin)
    elif draft is not None and not draft.removes:
        row = draft.row or base_of(key).row
    else:
        row = standing_row(key, last_published(key))
    if row is None:
        raise Http404
    return row


def _row_of_edit(key: str, origin: str) -> Mapping[str, Any] | None:
    edit = _edit_of(key, origin)
    return (edit.row or edit.base_row) if edit is not None else None


def _edit_of(key: str, origin: str) -> RuleEdit | None:
    try:
        return RuleEdit.objects.filter(pk=UUID(origin), rule_key=key).first()
    except ValueError:
        return None


def _taken_from(key: str, origin: str) -> str:
    """What the fields begin with, where that is not what holds or the draft."""
    if origin == SHIPPED:
        return _("下面是随产品提供的规则的内容，保存后成为草稿。")
    edit = _edit_of(key, origin) if origin and origin != NOTHING else None
    if edit is None:
        return ""
    words = {"moment": moment_text(edit.created_at)}
    return _("下面是 %(moment)s 那次修改的内容，保存后成为草稿。") % words


def _save(request: HttpRequest, form: RuleForm | RemovalForm) -> RuleEdit | None:
    try:
        return save_rule_edit(
            request.actor,
            key=form.key,
            row=form.row_typed,
            reason=form.cleaned_data["reason"],
            version=_seen_version(request),
        )
    except Stale:
        form.add_error(None, _("草稿在这一页打开以后有了变化，您填写的内容还没有保存。"))
    except Refused as refusal:
        form.add_error(None, refusal.reason)
    return None


def _seen_version(request: HttpRequest) -> int | None:
    """That of the page, or of the later draft it showed too; None where there was no draft."""
    for name in (OVERWRITE, "version"):
        if name in request.POST:
            return posted_version(request, name)
    return None


def _shown_version(request: HttpRequest, draft: RuleEdit | None) -> int | None:
    """What the page carries: a page that was refused stays the page it was."""
    if request.method == "POST":
        return _seen_version(request)
    return draft.version if draft is not None else None


def _meanwhile(request: HttpRequest, form: RuleForm | RemovalForm) -> Meanwhile | None:
    """None where the refusal has nothing to do with another draft."""
    draft = _draft_of(form.key)
    if draft is None:
        return None
    may_overwrite = not refusal_to_change(draft, request.actor)
    if may_overwrite and draft.version == _seen_version(request):
        return None
    saved = draft.row if draft.row is not None else base_of(form.key).row
    rows = differences(saved, form.row_typed)
    if draft.reason != form.cleaned_data["reason"]:
        rows.append(DiffRow(_("修改原因"), draft.reason, form.cleaned_data["reason"]))
    return Meanwhile(draft, rows, may_overwrite)


def _page(
    request: HttpRequest,
    form: RuleForm | RemovalForm,
    draft: RuleEdit | None,
    meanwhile: Meanwhile | None,
) -> HttpResponse:
    context = {
        "form": form,
        "taken_from": _taken_from(form.key, request.GET.get("from", "")),
        "draft": draft,
        "seen_version": _shown_version(request, draft),
        "meanwhile": meanwhile,
        "key": form.key,
        "address": address_of(form.key),
        "province": province_shown(form.key),
    }
    return render(request, "orders/rules/rule_form.html", context)
