from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from outside.actions.faces import set_face_rule
from outside.bilingual import two
from outside.forms.faces import FaceRuleForm
from outside.models import FaceCheck, FaceRule
from outside.views.answers import show_form

SHOWN = 100


def faces(request: HttpRequest) -> HttpResponse:
    form = FaceRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_face_rule(**form.cleaned_data)
        messages.success(request, two("规则已保存。", "Rule saved."))
        return redirect("faces")
    return show_form(
        request,
        "outside/faces.html",
        form,
        rules=FaceRule.objects.all(),
        checks=FaceCheck.objects.all()[:SHOWN],
    )


@require_POST
def remove_face_rule(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(FaceRule, pk=pk).delete()
    messages.success(request, two("规则已删除。", "Rule removed."))
    return redirect("faces")
