"""From when until when a certificate is valid."""

from django.utils.translation import gettext as _

from beian import clock
from orders.forms.dossier import DossierForm


def check_period(form: DossierForm, from_name: str, to_name: str) -> None:
    """Add an error where the certificate begins in the future, or ends before it begins."""
    start, until = form.cleaned_data.get(from_name), form.cleaned_data.get(to_name)
    end = until.day_or_none if until else None
    if start and start > clock.today():
        form.add_error(from_name, _("证件有效期开始日期不能晚于今天，请对照证件重新填写"))
    elif start and end and end <= start:
        form.add_error(to_name, _("证件有效期截止日期须晚于开始日期，请对照证件重新填写"))
