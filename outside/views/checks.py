from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from outside.actions.checks import set_domain, set_real_name_rule
from outside.bilingual import two
from outside.forms.checks import DomainForm, RealNameRuleForm
from outside.models import DomainRecord, InventoryResource, RealNameCheck, RealNameRule
from outside.views.answers import show_form

SHOWN = 100


def real_name(request: HttpRequest) -> HttpResponse:
    form = RealNameRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_real_name_rule(**form.cleaned_data)
        messages.success(request, two("规则已保存。", "Rule saved."))
        return redirect("real-name")
    return show_form(
        request,
        "outside/real_name.html",
        form,
        rules=RealNameRule.objects.all(),
        checks=RealNameCheck.objects.all()[:SHOWN],
    )


@require_POST
def remove_real_name_rule(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(RealNameRule, pk=pk).delete()
    messages.success(request, two("规则已删除。", "Rule removed."))
    return redirect("real-name")


def domains(request: HttpRequest) -> HttpResponse:
    form = DomainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_domain(**form.cleaned_data)
        messages.success(request, two("域名资料已保存。", "Domain saved."))
        return redirect("domains")
    known = DomainRecord.objects.all()
    return show_form(request, "outside/domains.html", form, domains=known)


@require_GET
def inventory(request: HttpRequest) -> HttpResponse:
    resources = InventoryResource.objects.all()
    return render(request, "outside/inventory.html", {"resources": resources})
