"""The page of uploads: every good picture is kept at once, whatever is wrong with the others."""

from django.http import HttpRequest

from orders.actions.draft import Saved
from orders.actions.pictures import save_uploads
from orders.forms.dossier import DossierForm
from orders.forms.materials import MaterialsForm


def save_pictures(request: HttpRequest, form: DossierForm, *, version: int) -> Saved:
    """Store uploads and removals of the page; pictures refused become errors of their field."""
    if not isinstance(form, MaterialsForm):
        raise TypeError(form)
    uploads = {name: form.cleaned_data.get(name) for name in form.fields}
    # A removal leaves a required field empty, which the form has already called an error.
    removed = {name for name in form.fields if f"{name}-remove" in request.POST}
    saved, refused = save_uploads(
        request.actor,
        form.order,
        version=version,
        uploads={name: upload for name, upload in uploads.items() if upload},
        removed=removed,
    )
    for name, reason in refused.items():
        form.add_error(name, reason)
    return saved
