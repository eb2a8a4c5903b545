"""Writing an edit of a rule, and deciding about it."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from beian.forms import PageForm
from orders.actions.rule_edits import (
    earliest_day,
    propose_rule_edit,
    publish_rule_edit,
    refusal_to_change,
    refusal_to_decide,
    refusal_to_publish,
    refusal_to_withdraw,
    save_rule_edit,
    send_back_rule_edit,
    withdraw_rule_edit,
)
from orders.actions.rule_trials import ask_rule_trial
from orders.forms.rule_decision import PublishForm, SendBackForm
from orders.forms.rule_edit import RuleForm
from orders.models import RuleEdit
from orders.rulebook.content import base_of, last_published, standing_row
from orders.rulebook.history import TONES, changes_of, in_turn
from orders.rulebook.listing import address_of, key_of, province_shown
from orders.rulebook.trial_display import trial_shown
from orders.views.rules import OPERATORS
from orders.views.version import posted_version
from orders.workflow import Refused
from rules.loader import RuleDataError

# The row a form begins with, when the address names no edit.
SHIPPED = "shipped"


@access(Level.STAFF, *OPERATORS)
@require_http_methods(["GET", "POST"])
def rule_edit_form(request: HttpRequest, rule_key: str) -> HttpResponse:
    """The draft of a rule; `?from=` begins with an earlier edit or with the shipped row."""
    key = key_of(rule_key)
    draft = RuleEdit.objects.open().select_related("author").filter(rule_key=key).first()
    if draft is not None and refusal_to_change(draft, request.actor):
        messages.error(request, refusal_to_change(draft, request.actor))
        return redirect("orders:rule-edit", draft.pk)
    row = _beginning(key, draft, request.GET.get("from", ""))
    reason = draft.reason if draft is not None else ""
    form = RuleForm(request.POST or None, key=key, row=row, reason=reason)
    if request.method == "POST" and form.is_valid():
        edit = _save(request, form, has_draft="version" in request.POST)
        if edit is not None:
            messages.success(request, _("修改已保存为草稿。"))
            return redirect("orders:rule-edit", edit.pk)
    context = {
        "form": form,
        "draft": draft,
        "key": key,
        "address": address_of(key),
        "province": province_shown(key),
        "title": row["title"],
    }
    return render(request, "orders/rules/rule_form.html", context)


def _beginning(key: str, draft: RuleEdit | None, origin: str) -> Mapping[str, Any]:
    """The row the form shows first; Http404 for a rule that is nowhere."""
    row: Mapping[str, Any] | None
    if origin == SHIPPED:
        row = base_of(key).row
    elif origin:
        row = _row_of_edit(key, origin)
    elif draft is not None:
        row = draft.row or base_of(key).row
    else:
        row = standing_row(key, last_published(key))
    if row is None:
        raise Http404
    return row


def _row_of_edit(key: str, origin: str) -> Mapping[str, Any] | None:
    try:
        edit = RuleEdit.objects.filter(pk=UUID(origin), rule_key=key).first()
    except ValueError:
        return None
    return (edit.row or edit.base_row) if edit is not None else None


def _save(request: HttpRequest, form: RuleForm, *, has_draft: bool) -> RuleEdit | None:
    try:
        return save_rule_edit(
            request.actor,
            key=form.key,
            row=form.row_typed,
            reason=form.cleaned_data["reason"],
            version=posted_version(request) if has_draft else None,
        )
    except Refused as refusal:
        form.add_error(None, refusal.reason)
    return None


def _propose(request: HttpRequest, edit: RuleEdit, _form: PageForm) -> str:
    propose_rule_edit(request.actor, edit_id=edit.pk, version=posted_version(request))
    return _("修改已送交发布，请另一位同事核对后发布。")


def _publish(request: HttpRequest, edit: RuleEdit, form: PageForm) -> str:
    day = form.cleaned_data["effective_from"]
    publish_rule_edit(
        request.actor, edit_id=edit.pk, version=posted_version(request), effective_from=day
    )
    return _("规则已发布，%(day)s 起生效。") % {"day": day.isoformat()}


def _send_back(request: HttpRequest, edit: RuleEdit, form: PageForm) -> str:
    note = form.cleaned_data["note"]
    send_back_rule_edit(request.actor, edit_id=edit.pk, version=posted_version(request), note=note)
    return _("修改已退回作者。")


def _withdraw(request: HttpRequest, edit: RuleEdit, _form: PageForm) -> str:
    withdraw_rule_edit(request.actor, edit_id=edit.pk, version=posted_version(request))
    return _("修改已撤回，规则保持原样。")


def _try(request: HttpRequest, edit: RuleEdit, _form: PageForm) -> str:
    ask_rule_trial(request.actor, edit_id=edit.pk)
    return _("正在试算，结果会出现在这一页。")


Act = Callable[[HttpRequest, RuleEdit, PageForm], str]
ACTS: dict[str, tuple[type[PageForm], Act]] = {
    "propose": (PageForm, _propose),
    "publish": (PublishForm, _publish),
    "send-back": (SendBackForm, _send_back),
    "withdraw": (PageForm, _withdraw),
    "try": (PageForm, _try),
}


@access(Level.STAFF, *OPERATORS)
@require_http_methods(["GET", "POST"])
def rule_edit(request: HttpRequest, edit_id: UUID) -> HttpResponse:
    """An edit with what it changes and what it would do; every act on it is a form here."""
    edit = RuleEdit.objects.select_related("author", "publisher").filter(pk=edit_id).first()
    if edit is None:
        raise Http404
    name = request.POST.get("action", "publish")
    form_class, act = ACTS.get(name, ACTS["publish"])
    form = form_class(request.POST) if request.method == "POST" else PageForm()
    refusal = _refusal(edit, name, request)
    if refusal:
        messages.error(request, refusal)
        return redirect("orders:rule-edit", edit.pk)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(request, edit, form))
        except Refused as refusal:
            if refusal.code not in form.fields:
                messages.error(request, refusal.reason)
                return redirect("orders:rule-edit", edit.pk)
            form.add_error(refusal.code, refusal.reason)
        except RuleDataError:
            messages.error(request, _("规则的格式与本系统版本不符，请退回作者重新保存。"))
            return redirect("orders:rule-edit", edit.pk)
        else:
            return redirect("orders:rule-edit", edit.pk)
    return _page(request, edit, form)


def _refusal(edit: RuleEdit, name: str, request: HttpRequest) -> str:
    """Why a form of the page would not be there; "" for a look at the page."""
    if request.method != "POST":
        return ""
    if name == "send-back":
        return refusal_to_decide(edit, request.actor)
    is_publishing = ACTS.get(name, ACTS["publish"]) is ACTS["publish"]
    return refusal_to_publish(edit, request.actor) if is_publishing else ""


def _page(request: HttpRequest, edit: RuleEdit, form: PageForm) -> HttpResponse:
    tone, icon = TONES[edit.state]
    others = list(RuleEdit.objects.of(edit.rule_key).published().defer("trial"))
    is_publishing = isinstance(form, PublishForm)
    is_returning = isinstance(form, SendBackForm)
    initial = {"effective_from": earliest_day(edit)}
    context = {
        "edit": edit,
        "address": address_of(edit.rule_key),
        "province": province_shown(edit.rule_key),
        "tone": tone,
        "icon": icon,
        "changes": changes_of(edit, in_turn(others)),
        "trial": trial_shown(edit),
        "form": form,
        "publish_form": form if is_publishing else PublishForm(initial=initial),
        "send_back_form": form if is_returning else SendBackForm(),
        "may_change": not refusal_to_change(edit, request.actor),
        "refusal_to_decide": refusal_to_decide(edit, request.actor),
        "refusal_to_publish": refusal_to_publish(edit, request.actor),
        "refusal_to_withdraw": refusal_to_withdraw(edit),
    }
    return render(request, "orders/rules/rule_edit.html", context)
