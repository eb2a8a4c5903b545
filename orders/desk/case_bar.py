"""The decision bar of a case: what this person can do with it now, or why not."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from beian.actors import Actor
from orders import workflow
from orders.desk.acts import ACTS
from orders.enums import REVIEW_STATES, OrderState
from orders.models import FilingOrder, OrderComment

# In the order of the bar; pass is the main one.
DECISIONS = ("pass_initial_review", "ask_supplement", "reject")
# Two rows of the table are one act to people.
_ALIASES = {
    "take_resubmitted": "take",
    "release_resubmitted": "release",
    "reassign_resubmitted": "reassign",
}
# What the page of an act asks for is no reason against opening it.
_ASKED_ON_ITS_PAGE = frozenset({"has_opinion", "names_another_reviewer"})


@dataclass(frozen=True)
class Button:
    name: str
    label: str
    url: str
    reason: str
    is_primary: bool = False


@dataclass(frozen=True)
class Bar:
    """`take` posts directly, the other buttons lead to a page that states the effect."""

    comments: str
    take: Button | None
    buttons: list[Button]


def _button(order: FilingOrder, option: workflow.Option, name: str) -> Button:
    label = ACTS[name].title if name in ACTS else option.transition.label
    return Button(
        name=name,
        label=str(label),
        url=_url(order, name),
        reason="" if option.code in _ASKED_ON_ITS_PAGE else option.reason,
        is_primary=name == "pass_initial_review",
    )


def _url(order: FilingOrder, name: str) -> str:
    if name == "reassign":
        return reverse("orders:reassign", args=[order.pk])
    return reverse("orders:case-act", args=[order.pk, name])


def _shown_names(order: FilingOrder, actor: Actor) -> tuple[str, ...]:
    if order.state not in REVIEW_STATES:
        return ("recall", "send_back_supplement", "send_back", "resubmit_unchanged")
    if order.is_claimed_by(actor.user_id):
        return ("release", "reassign", *DECISIONS)
    # A senior reviewer may free a colleague's case, and give any case to somebody.
    return ("take", "release", "reassign") if order.is_claimed else ("take", "reassign")


def comments_text(comments: Iterable[OrderComment]) -> str:
    """本轮意见：1 条必须修改，2 条尚未发送, or that there are none."""
    rows = list(comments)
    if not rows:
        return _("本轮还没有意见")
    blocking = sum(comment.is_blocking for comment in rows)
    unsent = sum(comment.sent_at is None for comment in rows)
    text = _("本轮意见 %(all)d 条，其中 %(blocking)d 条必须处理") % {
        "all": len(rows),
        "blocking": blocking,
    }
    return (
        _("%(text)s；%(unsent)d 条尚未发送") % {"text": text, "unsent": unsent} if unsent else text
    )


def bar_of(order: FilingOrder, actor: Actor, comments: Iterable[OrderComment]) -> Bar:
    """Buttons read from the state table, so they say what a click would say."""
    options = {
        _ALIASES.get(option.transition.name, option.transition.name): option
        for option in workflow.available(order, actor)
        if option.code != "actor"
    }
    shown = [name for name in _shown_names(order, actor) if name in options]
    buttons = [
        _button(order, options[name], name)
        for name in shown
        if name != "take" and not _is_hidden(options[name], name, order, actor)
    ]
    take = _button(order, options["take"], "take") if "take" in shown else None
    return Bar(comments_text(comments), take, buttons)


def _is_hidden(option: workflow.Option, name: str, order: FilingOrder, actor: Actor) -> bool:
    """Freeing somebody else's case is offered only to those who may."""
    is_foreign = name == "release" and not order.is_claimed_by(actor.user_id)
    return is_foreign and bool(option.code)


def closed_note(order: FilingOrder) -> str:
    """Why the bar is empty, for states in which the desk has nothing to decide."""
    if order.state == OrderState.PENDING_BUREAU_SUBMISSION:
        return _("初审已通过，等待提交管局。")
    return _("订单现在是“%(state)s”，审核端没有需要处理的事项。") % {
        "state": order.get_state_display()
    }
