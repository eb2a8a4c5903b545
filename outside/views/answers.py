from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_form(
    request: HttpRequest, template: str, form: BaseForm, **context: object
) -> HttpResponse:
    """Render a page around `form`; a form that came back with errors answers 422."""
    status = 422 if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
