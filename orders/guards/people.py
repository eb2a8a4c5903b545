"""Whether the persons named in an order have done their part."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.actors import Actor
from beian.masking import mask_name

if TYPE_CHECKING:
    from orders.models import FilingOrder


def truthfulness_done(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    """Own photo confirmed, or a meeting chosen: the machine's score decides nothing here."""
    from orders.truthfulness import missing_of, standings_of

    missing = missing_of(standings_of(order))
    if not missing:
        return ""
    names = _("、").join(mask_name(standing.person.full_name) for standing in missing)
    if all(standing.wants_meeting for standing in missing):
        return _("%(names)s还没有预约视频会议：审核员要求以视频会议核验。") % {"names": names}
    return _("%(names)s还没有完成真实性核验：请发送二维码或短信链接，或预约视频会议。") % {
        "names": names
    }


def truthfulness_settled(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from orders.truthfulness_results import results_of

    result = next((each for each in results_of(order.submission) if not each.is_settled), None)
    if result is None:
        return ""
    if not result.is_over:
        return result.problem
    words = {"problem": result.problem}
    if order.is_editable:
        return _("%(problem)s请由本人重新核验，再重新提交初审。") % words
    return _("%(problem)s请退回申请人重新核验。") % words


def all_persons_verified(order: "FilingOrder", _actor: Actor, _data: Mapping) -> str:
    from verification.actions.sms import all_verified

    return "" if all_verified(order.pk, order.round) else _("还有负责人没有完成短信核验。")
