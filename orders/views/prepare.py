"""What to prepare: a question, and a list to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beian.access import Level, access
from orders.forms.prepare import NeedForm, PrepareForm
from orders.prepare.checklist import checklist_of
from orders.prepare.frame import Choice
from orders.prepare.need import answer_to, query_of

# The button of the short question, which sends nothing else before an answer is marked.
ASKED = "asked"


@access(Level.PUBLIC)
@require_safe
def prepare(request: HttpRequest) -> HttpResponse:
    """The list of a choice that makes sense; else the question, with what is wrong with it."""
    form = PrepareForm(request.GET.dict())
    if not form.is_valid():
        return render(request, "orders/prepare/question.html", {"form": form})
    choice = Choice(**form.cleaned_data)
    context = {
        "choice": choice,
        "checklist": checklist_of(choice),
        "other_kind_query": choice.query(kind="app" if choice.kind == "website" else "website"),
        "other_nature_query": choice.query(
            nature="enterprise" if choice.nature == "personal" else "personal"
        ),
    }
    return render(request, "orders/prepare/list.html", context)


@access(Level.PUBLIC)
@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """Whether a filing is needed here at all."""
    is_asked = bool({*NeedForm.base_fields, ASKED} & request.GET.keys())
    form = NeedForm(request.GET if is_asked else None)
    answer = answer_to(form.cleaned_data) if form.is_valid() else None
    prepare_query = query_of(form.cleaned_data) if answer else ""
    context = {"form": form, "answer": answer, "prepare_query": prepare_query, "asked": ASKED}
    return render(request, "orders/prepare/need.html", context)
