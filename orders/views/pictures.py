"""The page of uploads: every good picture is kept at once, whatever is wrong with the others."""

from django.http import HttpRequest

from orders.actions.draft import Saved
from orders.actions.page_draft import keep_page
from orders.actions.pictures import save_uploads
from orders.forms.dossier import DossierForm
from orders.forms.materials import MaterialsForm
from orders.steps import MATERIALS


def save_pictures(request: HttpRequest, form: DossierForm, *, version: int) -> Saved:
    """Store uploads and removals of the page; pictures refused become errors of their field."""
    if not isinstance(form, MaterialsForm):
        raise TypeError(form)
    pictures = [need.key for need in form.needs if need.key in form.fields]
    uploads = {name: form.cleaned_data.get(name) for name in pictures}
    # A removal leaves a required field empty, which the form has already called an error.
    removed = {name for name in pictures if f"{name}-remove" in request.POST}
    saved, refused = save_uploads(
        request.actor,
        form.order,
        version=version,
        uploads={name: upload for name, upload in uploads.items() if upload},
        removed=removed,
        answers=form.answers,
    )
    keep_page(saved.order, MATERIALS.key, form.typed())
    for name, reason in refused.items():
        form.add_error(name, reason)
    return saved
