"""The 获取验证码 buttons: submits of the page's own form, so nothing typed is lost."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from beian.audit import client_address
from beian.limits import LimitReached
from beian.masking import mask_mail, mask_phone
from orders.actions.contacts import send_contact_code
from orders.apply.row_extras import SEND
from orders.apply.task_list import step_url
from orders.forms.contacts import CODES
from orders.forms.dossier import DossierForm
from orders.models import FilingOrder
from orders.steps import Step


def _contact(request: HttpRequest) -> str:
    return request.POST.get("action", "").removeprefix(SEND)


def is_send(request: HttpRequest) -> bool:
    return request.POST.get("action", "").startswith(SEND) and _contact(request) in CODES


def send_code_of(
    request: HttpRequest, order: FilingOrder, step: Step, form: DossierForm
) -> HttpResponse | None:
    """Send a code to the address just saved; None if the page has to show an error first."""
    contact = _contact(request)
    code, channel = CODES[contact]
    # Other fields are judged when the page is saved, not when a code is asked for.
    for name in [name for name in form.errors if name != contact]:
        del form.errors[name]
    address = form.cleaned_data.get(contact)
    if not address:
        return None
    try:
        send_contact_code(
            request.actor,
            order,
            channel=channel,
            address=address,
            source_address=client_address(request),
        )
    except LimitReached as limit:
        form.add_error(contact, limit.message)
        return None
    mask = mask_phone if contact == "mobile" else mask_mail
    messages.success(
        request, _("验证码已发送至 %(address)s，请查收后填写。") % {"address": mask(address)}
    )
    return redirect(f"{step_url(step, order)}#id_{code}")
