"""An edit of a rule on its page: testing it, proposing it, and deciding about it."""

from collections.abc import Callable
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
    send_back_rule_edit,
    withdraw_rule_edit,
)
from orders.actions.rule_trials import ask_rule_trial
from orders.enums import RuleEditState
from orders.forms.rule_decision import PublishForm, SendBackForm
from orders.models import RuleEdit
from orders.rulebook.content import fault_of
from orders.rulebook.fault_words import FaultShown, shown_faults
from orders.rulebook.history import TONES, changes_of, in_turn, is_first
from orders.rulebook.listing import address_of, province_shown
from orders.rulebook.trial_display import fault_shown, trial_shown
from orders.views.rules import OPERATORS
from orders.views.version import posted_version
from orders.workflow import Refused
from rules.loader import RuleDataError


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
    if request.method == "GET":
        return _page(request, edit, PageForm())
    name = request.POST.get("action", "")
    refusal = _refusal(edit, name, request)
    if refusal:
        messages.error(request, refusal)
        return redirect("orders:rule-edit", edit.pk)
    form_class, act = ACTS[name]
    form = form_class(request.POST)
    if form.is_valid():
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
    """Why a form of the page would not be there; "" for one that is."""
    if name not in ACTS:
        return _("没有这个操作，什么都没有改变。请使用页面上的按钮。")
    if name == "send-back":
        return refusal_to_decide(edit, request.actor)
    return refusal_to_publish(edit, request.actor) if name == "publish" else ""


def _faults_of(edit: RuleEdit) -> list[FaultShown]:
    """Why this release cannot read what was published."""
    error = fault_of(edit) if edit.state == RuleEditState.PUBLISHED else None
    return shown_faults(error, edit.row) if error is not None else []


def _page(request: HttpRequest, edit: RuleEdit, form: PageForm) -> HttpResponse:
    tone, icon = TONES[edit.state]
    others = in_turn(list(RuleEdit.objects.of(edit.rule_key).published().defer("trial")))
    is_publishing = isinstance(form, PublishForm)
    is_returning = isinstance(form, SendBackForm)
    initial = {"effective_from": earliest_day(edit)}
    context = {
        "edit": edit,
        "address": address_of(edit.rule_key),
        "province": province_shown(edit.rule_key),
        "tone": tone,
        "icon": icon,
        "is_first": is_first(edit, others),
        "changes": changes_of(edit, others),
        "faults": _faults_of(edit),
        "trial": trial_shown(edit),
        "trial_fault": fault_shown(edit),
        "form": form,
        "publish_form": form if is_publishing else PublishForm(initial=initial),
        "send_back_form": form if is_returning else SendBackForm(),
        "may_change": not refusal_to_change(edit, request.actor),
        "refusal_to_decide": refusal_to_decide(edit, request.actor),
        "refusal_to_publish": refusal_to_publish(edit, request.actor),
        "refusal_to_withdraw": refusal_to_withdraw(edit),
    }
    return render(request, "orders/rules/rule_edit.html", context)
