"""What goes to the bureau, and what comes back from it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.actors import Actor
from orders.enums import HandoverState
from orders.filing_numbers import is_number_under, is_subject_number

if TYPE_CHECKING:
    from orders.models import FilingOrder

_AWAY = (HandoverState.SENT, HandoverState.ACCEPTED, HandoverState.UNKNOWN)


def not_handed_over(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    is_away = any(record.state in _AWAY for record in order.open_filings)
    return _("资料已发送给管局，不能撤回。") if is_away else ""


def has_opinion(_order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    return "" if str(data.get("opinion", "")).strip() else _("请写明理由。")


def numbers_present(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    services = order.submission.dossier.services
    numbers = data.get("service_numbers", {})
    if data.get("subject_number") and all(numbers.get(str(each.ref)) for each in services):
        return ""
    return _("管局结果缺少备案号。")


def numbers_well_formed(order: "FilingOrder", _actor: Actor, data: Mapping) -> str:
    """What the bureau sends goes on record and to the foot of a site: nobody types it again."""
    subject_number, numbers = data["subject_number"], data["service_numbers"]
    given = [numbers[str(each.ref)] for each in order.submission.dossier.services]
    is_fit = is_subject_number(subject_number) and all(
        is_number_under(number, subject_number) for number in given
    )
    return "" if is_fit else _("管局结果的备案号格式不对，须由人核对。")
