"""Rules as files: exporting what is in force, and importing a file as proposals."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from beian.access import Level, access
from orders.actions.rule_import import import_rules
from orders.forms.rule_import import ConfirmForm, UploadForm
from orders.rulebook.files import file_in_force, file_name, read_import, rule_files
from orders.rulebook.listing import OPEN
from orders.views.rules import OPERATORS
from orders.workflow import Refused

CONFIRM = "confirm"


@access(Level.STAFF, *OPERATORS)
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Export, and import in two steps: the differences are shown before anything is written."""
    if request.POST.get("action") == CONFIRM:
        return _import(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    found = confirm = None
    if request.method == "POST" and form.is_valid():
        name, text = form.cleaned_data["file"]
        reason = form.cleaned_data["reason"]
        found = read_import(text, name)
        confirm = ConfirmForm(initial={"name": name, "text": text, "reason": reason})
        # For the next file: why rules are edited was typed once.
        form = UploadForm(initial={"reason": reason})
    context = {
        "files": rule_files(),
        "form": form,
        "found": found,
        "confirm": confirm,
        "has_errors": found is not None and bool(found.faults),
    }
    return render(request, "orders/rules/files.html", context)


def _import(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        for complaint in (str(each) for errors in form.errors.values() for each in errors):
            messages.error(request, complaint)
        return redirect("orders:rule-files")
    try:
        edits = import_rules(request.actor, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.reason)
        return redirect("orders:rule-files")
    text = ngettext(
        "%(count)d 条规则的修改已送交发布。", "%(count)d 条规则的修改已送交发布。", len(edits)
    )
    messages.success(request, text % {"count": len(edits)})
    response = redirect("orders:rules")
    response["Location"] += f"?state={OPEN}"
    return response


@access(Level.STAFF, *OPERATORS)
@require_GET
def export(request: HttpRequest, place: str) -> HttpResponse:
    """The rules of a place in force, as a file that can be changed and imported again."""
    content = file_in_force(place)
    if not content:
        raise Http404
    response = HttpResponse(content, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, file_name(place)) or ""
    return response
