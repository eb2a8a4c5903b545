"""The birth date of a person whose certificate's number does not carry it."""

from typing import Any

from django.utils.translation import gettext as _

from beian import clock
from orders.certificates import birth_date_in
from orders.forms.dossier import DossierForm

NAME = "birth_date"


def check_birth_date(form: DossierForm, cleaned: dict[str, Any], cert_type: str, number: str):
    """Drop the date where it is not wanted, refuse one in the future; `number` is "" if it is
    missing or wrong."""
    if NAME not in form.fields:
        return
    if "cert_number" in form.errors or not number:
        # Whether it is wanted shows with a right number.
        form.errors.pop(NAME, None)
    elif birth_date_in(cert_type, number) is not None:
        # What the number says holds; a second date could only contradict it.
        form.errors.pop(NAME, None)
        cleaned[NAME] = None
    elif cleaned.get(NAME) and cleaned[NAME] > clock.today():
        form.add_error(NAME, _("出生日期不能晚于今天，请对照证件重新填写"))
