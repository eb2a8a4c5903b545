from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from outside.actions.decisions import DecisionRefused, fail_domain_check
from outside.bilingual import two
from outside.enums import HandOverState
from outside.forms.bureau import OpinionForm
from outside.models import HandOver, RegisteredSubject
from outside.views.answers import show_form

DEFAULT_FAILURE = (
    "域名核验未通过：注册商不存在该域名注册人信息，请核实域名实名认证信息与主体一致后重新提交。"
)
OPEN_STATES = (HandOverState.WAITING_SMS, HandOverState.WAITING_DECISION)
SHOWN = 200


@require_GET
def ministry(request: HttpRequest) -> HttpResponse:
    context = {
        "cases": HandOver.objects.filter(state__in=OPEN_STATES)[:SHOWN],
        "subjects": RegisteredSubject.objects.prefetch_related("services__hand_over")[:SHOWN],
    }
    return render(request, "outside/ministry.html", context)


def fail_domain(request: HttpRequest, ref: UUID) -> HttpResponse:
    hand_over = get_object_or_404(HandOver, ref=ref)
    form = OpinionForm(request.POST or None, initial={"text": DEFAULT_FAILURE})
    if request.method == "POST" and form.is_valid():
        _fail(request, hand_over, form.cleaned_data["text"])
        return redirect("ministry")
    is_open = hand_over.state in OPEN_STATES
    return show_form(request, "outside/domain_failure.html", form, case=hand_over, is_open=is_open)


def _fail(request: HttpRequest, hand_over: HandOver, text: str) -> None:
    try:
        fail_domain_check(hand_over, text)
    except DecisionRefused:
        messages.error(
            request,
            two(
                "没有办理：这份申请已经办结。",
                "Nothing was done: this application has already ended.",
            ),
        )
    else:
        messages.success(request, two("已退回。", "Returned."))
