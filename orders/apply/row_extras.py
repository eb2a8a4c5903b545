"""Headings, buttons and notes of single fields."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from beian.lazy_text import LazyText
from beian.masking import mask_mail, mask_phone
from beian.ui import FindingItem
from orders.finding_display import item_of
from orders.forms.dossier import DossierForm
from orders.forms.materials import MaterialsForm
from orders.forms.person import CODES, PersonForm
from orders.forms.subject import SubjectForm
from orders.materials import MaterialNeed
from orders.page_times import time_text
from verification.actions.codes import last_sent_at
from verification.enums import CodePurpose

SEND = "send:"


@dataclass(frozen=True)
class RowExtra:
    """`heading` starts a section; `button` is a second submit beside the control; `group` marks
    rows that only count for one answer of the page's question; `why` asks for a paper."""

    heading: LazyText = ""
    button: str = ""
    button_value: str = ""
    note: str = ""
    group: str = ""
    why: FindingItem | None = None


def extras_of(form: DossierForm) -> dict[str, RowExtra]:
    """What stands beside the fields of a form, by field name."""
    if isinstance(form, PersonForm):
        return _person(form)
    if isinstance(form, MaterialsForm):
        return {need.key: RowExtra(why=_why(need)) for need in form.needs}
    if isinstance(form, SubjectForm):
        return {
            name: RowExtra(group="other-address") for name in ("contact_region", "contact_address")
        }
    return {}


def _why(need: MaterialNeed) -> FindingItem | None:
    return item_of(need.why) if need.why else None


def _person(form: PersonForm) -> dict[str, RowExtra]:
    group = "other-person" if "same_as_subject_principal" in form.paths else ""
    extras = {name: RowExtra(group=group) for name in form.all_names if name in form.own_names}
    extras["full_name"] = RowExtra(heading=_("身份证件"), group=group)
    extras |= {contact: _contact(form, contact, group) for contact in CODES}
    return extras


def _contact(form: PersonForm, contact: str, group: str) -> RowExtra:
    code, channel = CODES[contact]
    heading = _("联系方式") if contact == "mobile" else ""
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
