"""Writing a rule that no release ships: its place and kind first, then the rule."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beian.access import Level, access
from orders.actions.rule_new import begin_rule
from orders.forms.rule_new import NewRuleForm, NewRuleStartForm
from orders.models import RuleEdit
from orders.rulebook import words
from orders.rulebook.listing import NATIONAL
from orders.rulebook.new_rule import used_numbers
from orders.views.rules import OPERATORS
from orders.workflow import Refused, Stale


@access(Level.STAFF, *OPERATORS)
@require_http_methods(["GET", "POST"])
def rule_new(request: HttpRequest) -> HttpResponse:
    """`?place=` and `?kind=` are the answers to the first page, and stay in the address."""
    asked = request.GET if {"place", "kind"} & set(request.GET) else None
    start = NewRuleStartForm(asked)
    if "back" in request.GET:
        start = NewRuleStartForm(initial=request.GET.dict())
    if not start.is_valid():
        return render(request, "orders/rules/rule_start.html", {"form": start})
    place, kind = start.cleaned_data["place"], start.cleaned_data["kind"]
    form = NewRuleForm(request.POST or None, place=place, kind=kind, used=used_numbers())
    if request.method == "POST" and form.is_valid():
        edit = _begin(request, form)
        if edit is not None:
            messages.success(request, _("新规则已保存为草稿。"))
            return redirect("orders:rule-edit", edit.pk)
    context = {
        "form": form,
        "province": words.word_label(place) if place == NATIONAL else words.province_label(place),
        "kind": words.kind_label(kind),
        "chosen": urlencode({"place": place, "kind": kind}),
    }
    return render(request, "orders/rules/rule_new.html", context)


def _begin(request: HttpRequest, form: NewRuleForm) -> RuleEdit | None:
    """None where it was refused; the form says why."""
    try:
        return begin_rule(request.actor, row=form.row_typed, reason=form.cleaned_data["reason"])
    except Stale:
        form.add_error("id", _("同事刚刚用了这个编号，请换一个。"))
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.reason)
    return None
