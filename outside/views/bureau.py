from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from outside.actions.decisions import DecisionRefused, grant, refuse
from outside.actions.uploads import last_upload
from outside.bilingual import two
from outside.content import sections
from outside.enums import HandOverState, NextUpload
from outside.forms.bureau import OpinionForm, SwitchesForm
from outside.models import HandOver, Result, ResultFile, Switches
from outside.models.bureau import DECIDED
from outside.views.answers import show_form

SHOWN = 200
TOO_LATE = two(
    "没有办理：这份申请不在等待审核的状态。",
    "Nothing was done: this application is not waiting for a decision.",
)


@require_GET
def case_list(request: HttpRequest) -> HttpResponse:
    in_state = HandOver.objects.filter
    context = {
        "waiting_decision": in_state(state=HandOverState.WAITING_DECISION)[:SHOWN],
        "waiting_sms": in_state(state=HandOverState.WAITING_SMS)[:SHOWN],
        "decided": in_state(state__in=DECIDED)[:SHOWN],
        "last_seq": last_upload()[0],
        "waiting_results": Result.objects.filter(file=None).count(),
        "open_file": ResultFile.objects.filter(acknowledged_at=None).first(),
        "switches": Switches.current(),
        "accepts": Switches.current().next_upload == NextUpload.ACCEPT,
    }
    return render(request, "outside/bureau_list.html", context)


@require_GET
def case(request: HttpRequest, ref: UUID) -> HttpResponse:
    return _show(request, get_object_or_404(HandOver, ref=ref), OpinionForm())


@require_POST
def grant_case(request: HttpRequest, ref: UUID) -> HttpResponse:
    hand_over = get_object_or_404(HandOver, ref=ref)
    try:
        grant(hand_over)
    except DecisionRefused:
        messages.error(request, TOO_LATE)
    else:
        messages.success(request, two("已通过并编号。", "Granted and numbered."))
    return redirect("bureau-case", ref=ref)


@require_POST
def refuse_case(request: HttpRequest, ref: UUID) -> HttpResponse:
    hand_over = get_object_or_404(HandOver, ref=ref)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _show(request, hand_over, form)
    try:
        refuse(hand_over, form.cleaned_data["text"])
    except DecisionRefused:
        messages.error(request, TOO_LATE)
    else:
        messages.success(request, two("已驳回。", "Refused."))
    return redirect("bureau-case", ref=ref)


def switches(request: HttpRequest) -> HttpResponse:
    form = SwitchesForm(request.POST or None, instance=Switches.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, two("开关已保存。", "Switches saved."))
        return redirect("bureau-switches")
    return show_form(request, "outside/switches.html", form)


def _show(request: HttpRequest, hand_over: HandOver, form: OpinionForm) -> HttpResponse:
    return show_form(
        request,
        "outside/bureau_case.html",
        form,
        case=hand_over,
        sections=sections(hand_over.content),
        services=hand_over.services.select_related("subject"),
    )
