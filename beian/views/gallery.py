"""Every component in every state, for people who build or judge pages. Only in a demonstration."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from beian.access import Level, access
from beian.forms.sample import SampleForm
from beian.views import gallery_samples as samples


@access(Level.PUBLIC)
@require_GET
def applicant(request: HttpRequest) -> HttpResponse:
    context = {
        "form": SampleForm(samples.WRONG_ANSWERS, initial={"licence": samples.KEPT_FILE}),
        "clean_form": SampleForm(prefix="clean"),
        "facts": samples.facts(),
        "stages": samples.stages(),
        "events": samples.events(),
        "tasks": samples.tasks(),
        "findings": samples.findings(),
        "comment": samples.comment(),
        "rows": samples.summary_rows(),
        "changes": samples.changes(),
        "tags": samples.tags(),
        "moment": samples.moment(),
    }
    return render(request, "public/gallery.html", context)


@access(Level.PUBLIC)
@require_GET
def staff(request: HttpRequest) -> HttpResponse:
    context = {
        "lines": samples.queue_lines(),
        "filter_form": samples.FilterForm(),
        "documents": samples.documents(),
    }
    return render(request, "public/gallery_staff.html", context)
