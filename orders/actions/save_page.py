"""Saving one page: what is right is stored, what is wrong is kept to be shown again."""

from beian.actors import Actor
from orders.actions.contacts import confirm_contact
from orders.actions.draft import Saved, save_draft
from orders.actions.page_draft import keep_page
from orders.forms.contacts import CODES, ContactsForm
from orders.forms.dossier import DossierForm
from orders.steps import Step
from orders.workflow import Refused
from verification.actions.codes import CodeRefused


def save_page(actor: Actor, form: DossierForm, *, step: Step, version: int) -> Saved:
    """Store the page's right values; errors found on the way are added to `form`.

    Raises Refused when the order cannot be edited any more.
    """
    if isinstance(form, ContactsForm):
        confirm_codes(form)
    saved = _save(actor, form, version)
    keep_page(saved.order, step.key, form.typed())
    return saved


def _save(actor: Actor, form: DossierForm, version: int) -> Saved:
    try:
        return save_draft(actor, form.order.pk, version=version, edits=form.edits())
    except Refused as refusal:
        if refusal.code != "certificate":
            raise
        form.add_error("cert_number", refusal.reason)
    return save_draft(actor, form.order.pk, version=version, edits=form.edits())


def confirm_codes(form: ContactsForm) -> None:
    """Try the codes that were typed; a refusal becomes the code field's error."""
    for contact, (code, channel) in CODES.items():
        address, typed = form.cleaned_data.get(contact), form.cleaned_data.get(code)
        if address and typed and code in form.fields:
            try:
                confirm_contact(form.order, channel=channel, address=address, code=typed)
            except CodeRefused as refusal:
                form.add_error(code, refusal.reason)
