"""What reviewers do with an order: take it, give it back, decide, take a decision back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actions.deadlines import set_deadline
from beian.actors import Actor
from beian.site_settings import setting
from orders import workflow
from orders.desk import review_queue
from orders.enums import REVIEW_STATES, OrderState
from orders.models import FilingOrder

# As many colleagues may be faster at the same moment.
TRIES_TO_TAKE = 20


def _by_state(order_id: UUID, name: str) -> str:
    """The edge's name: the table has one row of each kind per state of review."""
    state = FilingOrder.objects.values_list("state", flat=True).get(pk=order_id)
    return f"{name}_resubmitted" if state == OrderState.RESUBMITTED else name


def take_order(actor: Actor, *, order_id: UUID) -> FilingOrder:
    """领取: one of two reviewers wins, the other one's Refused says that a colleague was faster.

    No version is asked for: what changed since the list was drawn is for the guards to say.
    """
    try:
        return workflow.apply(order_id, _by_state(order_id, "take"), actor)
    except workflow.Stale:
        # Without row locks the loser only sees that the row moved; the guards know why.
        return workflow.apply(order_id, _by_state(order_id, "take"), actor)


def _candidates(actor: Actor, own: frozenset[UUID]) -> list[UUID]:
    rows = (review_queue.answered_cases(actor, own), review_queue.free_cases(actor, own))
    found = [pk for each in rows for pk in each.values_list("pk", flat=True)[:TRIES_TO_TAKE]]
    return list(dict.fromkeys(found))


def take_next(actor: Actor) -> FilingOrder:
    """领取下一单: what came back to this reviewer, then the most urgent free case.

    When a colleague is faster, the one behind it.

    Raises Refused("none") when nothing is left to take.
    """
    own = review_queue.own_accounts(actor.user_id)
    for order_id in _candidates(actor, own):
        try:
            return take_order(actor, order_id=order_id)
        except workflow.Refused as refusal:
            if refusal.code not in {"unclaimed", "state", "stale"}:
                raise
    raise workflow.Refused("none", _("现在没有可以领取的订单。"))


def release_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """释放: back to the queue; comments that were not sent stay for whoever takes it next."""
    return workflow.apply(order_id, _by_state(order_id, "release"), actor, version=version)


def reassign_order(
    actor: Actor, *, order_id: UUID, version: int, to_user_id: int, opinion: str = ""
) -> FilingOrder:
    """转交: a senior reviewer gives the case to somebody; comments that were not sent stay with it.

    `opinion` is for colleagues only: it is in the history, the applicant never sees it.
    """
    return workflow.apply(
        order_id,
        _by_state(order_id, "reassign"),
        actor,
        version=version,
        to_user_id=to_user_id,
        opinion=opinion,
    )


def _reason_codes(order_id: UUID) -> list[str]:
    order = FilingOrder.objects.get(pk=order_id)
    rows = order.comments.standing().filter(round=order.round)
    return sorted(set(rows.values_list("reason_code", flat=True)))


def pass_initial_review(
    actor: Actor, *, order_id: UUID, version: int, opinion: str = ""
) -> FilingOrder:
    """通过初审: on to the bureau submitter, who is another person."""
    return workflow.apply(order_id, "pass_initial_review", actor, version=version, opinion=opinion)


def reject_order(actor: Actor, *, order_id: UUID, version: int, opinion: str = "") -> FilingOrder:
    """驳回: wrong or non-compliant; sends the comments of this round."""
    codes = _reason_codes(order_id)
    return workflow.apply(
        order_id, "reject", actor, version=version, opinion=opinion, reason_codes=codes
    )


def ask_supplement(actor: Actor, *, order_id: UUID, version: int, opinion: str = "") -> FilingOrder:
    """退回待修改: missing or incomplete; only the fields commented on become editable."""
    codes = _reason_codes(order_id)
    return workflow.apply(
        order_id, "ask_supplement", actor, version=version, opinion=opinion, reason_codes=codes
    )


def recall_order(actor: Actor, *, order_id: UUID, version: int) -> FilingOrder:
    """收回: the applicant has not answered yet and the review goes on in the same round."""
    return workflow.apply(order_id, "recall", actor, version=version)


def send_back_order(actor: Actor, *, order_id: UUID, version: int, opinion: str) -> FilingOrder:
    """提交管局前驳回: something wrong was overlooked in the initial review."""
    codes = _reason_codes(order_id)
    return workflow.apply(
        order_id, "send_back", actor, version=version, opinion=opinion, reason_codes=codes
    )


def send_back_for_supplement(
    actor: Actor, *, order_id: UUID, version: int, opinion: str = ""
) -> FilingOrder:
    """提交管局前退回待修改: only the fields commented on become editable."""
    codes = _reason_codes(order_id)
    return workflow.apply(
        order_id,
        "send_back_supplement",
        actor,
        version=version,
        opinion=opinion,
        reason_codes=codes,
    )


@transaction.atomic(savepoint=False)
def extend_lease(actor: Actor, *, order_id: UUID) -> datetime | None:
    """The holder did something: until when the case stays his now. None if it is not his."""
    until = clock.now() + timedelta(minutes=setting("review.lease_minutes"))
    # Conditional: a colleague who takes the case in this moment is not overruled.
    mine = FilingOrder.objects.filter(
        pk=order_id,
        state__in=REVIEW_STATES,
        assigned_to_id=actor.user_id,
        lease_until__gt=clock.now(),
    )
    if not mine.update(lease_until=until):
        return None
    set_deadline("lease", order_id, until)
    return until
