"""Headings, buttons and notes of single fields."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from beian.lazy_text import LazyText
from beian.masking import mask_mail, mask_phone
from beian.ui import FindingItem
from orders.finding_display import item_of
from orders.forms.certificate import CertificateForm
from orders.forms.contacts import CODES, ContactsForm
from orders.forms.dossier import DossierForm
from orders.forms.identity import IdentityForm
from orders.forms.materials import MaterialsForm
from orders.forms.person import PersonForm
from orders.forms.subject_principal import IS_HEAD, RESIDENCY
from orders.materials import MaterialNeed
from orders.page_times import time_text
from verification.actions.codes import last_sent_at
from verification.enums import CodePurpose

SEND = "send:"


@dataclass(frozen=True)
class RowExtra:
    """`heading` starts a section; `button` is a second submit beside the control; `group` marks
    rows that only count for one answer of the page's question, `css` one row among others; `why`
    asks for a paper."""

    heading: LazyText = ""
    button: str = ""
    button_value: str = ""
    note: str = ""
    group: str = ""
    css: str = ""
    why: FindingItem | None = None


def extras_of(form: DossierForm) -> dict[str, RowExtra]:
    """What stands beside the fields of a form, by field name."""
    if isinstance(form, PersonForm):
        return _person(form)
    if isinstance(form, ContactsForm):
        return {contact: _contact(form, contact, heading="") for contact in CODES}
    if isinstance(form, IdentityForm):
        return {name: RowExtra(group=group) for name, group in _IDENTITY_GROUPS.items()}
    if isinstance(form, MaterialsForm):
        return {need.key: RowExtra(why=_why(need)) for need in form.needs}
    if isinstance(form, CertificateForm):
        return {
            name: RowExtra(group="other-address") for name in ("contact_region", "contact_address")
        }
    return {}


# Rows that depend on the certificate chosen (see apply.css).
_IDENTITY_GROUPS = {
    "birth_date": "birth-date",
    "cert_address": "printed-address",
    "contact_same": "printed-address",
    "contact_region": "other-address",
    "contact_address": "other-address",
}


def _why(need: MaterialNeed) -> FindingItem | None:
    return item_of(need.why) if need.why else None


def _person(form: PersonForm) -> dict[str, RowExtra]:
    group = "other-person" if "same_as_subject_principal" in form.paths else ""
    extras = {name: RowExtra(group=group) for name in form.all_names if name in form.own_names}
    extras["birth_date"] = RowExtra(group=group, css="birth-date")
    if IS_HEAD in form.fields and RESIDENCY in form.fields:
        extras[RESIDENCY] = RowExtra(group="delegate")
    extras["full_name"] = RowExtra(heading=_("身份证件"), group=group)
    for contact in CODES:
        heading = _("联系方式") if contact == "mobile" else ""
        extras[contact] = _contact(form, contact, group, heading=heading)
    return extras


def _contact(form: ContactsForm, contact: str, group: str = "", *, heading: str) -> RowExtra:
    code, channel = CODES[contact]
    if contact not in form.fields:
        return RowExtra(heading=heading, group=group)
    if code not in form.fields:
        return RowExtra(heading=heading, note=_("已用验证码确认"), group=group)
    address = form.address(contact)
    sent = address and last_sent_at(
        purpose=CodePurpose.CONTACT, channel=channel, address=address, owner=form.order.pk
    )
    return RowExtra(
        heading=heading,
        button=_("重新获取") if sent else _("获取验证码"),
        button_value=f"{SEND}{contact}",
        note=_sent_note(contact, address, sent) if sent else "",
        group=group,
    )


def _sent_note(contact: str, address: str, sent) -> str:
    mask = mask_phone if contact == "mobile" else mask_mail
    return _("上次发送 %(time)s，发往 %(address)s") % {
        "time": time_text(sent),
        "address": mask(address),
    }
