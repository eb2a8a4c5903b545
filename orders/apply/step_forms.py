"""Which form belongs to which step, and how it is made from the order."""

from typing import Any

from orders import steps
from orders.asked import TICKED, asked_on_papers, looked_at
from orders.assessment import assess
from orders.dossier import PERSONAL
from orders.forms.contacts import OwnContactsForm
from orders.forms.dossier import DossierForm
from orders.forms.identity import IdentityForm
from orders.forms.materials import MaterialsForm
from orders.forms.resource import ResourceForm
from orders.forms.service_principal import ServicePrincipalForm
from orders.forms.subject import SubjectForm
from orders.forms.subject_principal import SubjectPrincipalForm
from orders.forms.website import PersonalWebsiteForm, WebsiteForm
from orders.materials import page_needs
from orders.models import FilingOrder
from orders.queries import page_draft_of
from orders.steps import Step
from verification.actions.documents import documents_of

FORMS: dict[str, type[DossierForm]] = {
    steps.SUBJECT.key: SubjectForm,
    steps.SUBJECT_PRINCIPAL.key: SubjectPrincipalForm,
    steps.WEBSITE.key: WebsiteForm,
    steps.SERVICE_PRINCIPAL.key: ServicePrincipalForm,
    steps.RESOURCE.key: ResourceForm,
}
PERSONAL_FORMS: dict[str, type[DossierForm]] = {
    steps.IDENTITY.key: IdentityForm,
    steps.CONTACTS.key: OwnContactsForm,
    steps.WEBSITE.key: PersonalWebsiteForm,
    steps.RESOURCE.key: ResourceForm,
}


def posted_form(step: Step, order: FilingOrder, data: Any, files: Any) -> DossierForm:
    """The page's form as it was sent."""
    return _form(step, order, {"data": data, "files": files})


def fresh_form(step: Step, order: FilingOrder) -> DossierForm:
    """The page's form with what is stored, and with what was typed but could not be stored."""
    kept = _kept(step, order)
    form = _form(step, order, {"kept": kept})
    form.recheck(kept)
    return form


def _kept(step: Step, order: FilingOrder) -> dict[str, Any]:
    if step == steps.MATERIALS and not _typed_on_papers(order):
        return {}
    row = page_draft_of(order, step.key)
    return row.read() if row else {}


def _typed_on_papers(order: FilingOrder) -> bool:
    return any(each.fact not in TICKED for each in asked_on_papers(order))


def _form(step: Step, order: FilingOrder, arguments: dict[str, Any]) -> DossierForm:
    if step != steps.MATERIALS:
        forms = PERSONAL_FORMS if order.nature == PERSONAL else FORMS
        return forms[step.key](order=order, **arguments)
    documents = {str(row.pk): row for row in documents_of(order.pk)}
    needs = page_needs(order.dossier, assess(order).findings, looked_at(order))
    asked = asked_on_papers(order)
    return MaterialsForm(order=order, needs=needs, documents=documents, asked=asked, **arguments)
