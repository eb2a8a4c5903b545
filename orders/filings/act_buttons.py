"""Buttons of the applicant: every act of the state, open or with the reason why not."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from beian.actors import Actor
from beian.lazy_text import LazyText
from orders import workflow
from orders.enums import OrderState as S
from orders.filings.acts import ACTS, Act
from orders.models import FilingOrder

_AWAY = _("资料已提交管局，不能撤回。短信核验超时后订单会退回，届时可以修改。")
_AT_BUREAU = _("管局审核期间不能撤回、修改或放弃，请等待管局结果。")
# No edge leaves these states for the applicant; the button stays and says so.
CLOSED_WAYS: dict[str, LazyText] = {S.SMS_VERIFICATION: _AWAY, S.BUREAU_REVIEW: _AT_BUREAU}


@dataclass(frozen=True)
class ActButton:
    """An act with its confirm page, or the reason why it is not possible now."""

    act: Act
    url: str
    reason: str


def acts_of(order: FilingOrder, actor: Actor) -> dict[str, ActButton]:
    """By the transition's name; read from the state table, so the page and the door agree.

    Submitting is not among them: its page checks and says itself what is missing.
    """
    options = workflow.available(order, actor, names=ACTS)
    buttons = {
        option.transition.name: _button(order, option.transition.name, option.reason)
        for option in options
    }
    if order.state in CLOSED_WAYS:
        buttons["withdraw"] = _button(order, "withdraw", str(CLOSED_WAYS[order.state]))
    return buttons


def _button(order: FilingOrder, name: str, reason: str) -> ActButton:
    return ActButton(ACTS[name], reverse("orders:act", args=[order.pk, name]), reason)
