"""Comments of a reviewer on fields: written, changed and withdrawn until the decision is sent.

They are rows from the start, so they outlive a lost lease and wait for whoever takes the case next.
What the applicant has seen is never changed: after a recall it can only be taken back.
"""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import guards, workflow
from orders.actions.review import extend_lease
from orders.actions.truthfulness import reopen_checks_not_asked
from orders.dossier import PathError, get_value
from orders.enums import REVIEW_STATES, OrderState
from orders.models import FilingOrder, OrderComment
from orders.new_checks import way_of
from orders.transitions import BY_NAME
from orders.workflow import Refused


@dataclass(frozen=True)
class CommentText:
    """What a reviewer writes; `reason_code` is one of orders.reasons."""

    severity: str
    reason_code: str
    text: str
    example: str = ""


def refusal_to_comment(order: FilingOrder, actor: Actor) -> str:
    """Why `actor` may not comment on this order now; "" if he may.

    In review that is whoever holds the case. Before the hand-over nobody holds it: whoever may send
    it back (T13) names the fields first.
    """
    if order.state == OrderState.PENDING_BUREAU_SUBMISSION:
        return _refusal_before_hand_over(order, actor)
    if order.state not in REVIEW_STATES:
        return _("订单现在是“%(state)s”，不能添加或修改意见。") % {
            "state": order.get_state_display()
        }
    return guards.claimed_by_actor(order, actor, {})


def _refusal_before_hand_over(order: FilingOrder, actor: Actor) -> str:
    if not actor.has_role(*BY_NAME["send_back_supplement"].roles):
        return _("您没有添加意见的权限。")
    return guards.not_own_account(order, actor, {}) or guards.not_handed_over(order, actor, {})


def _check(order: FilingOrder, actor: Actor) -> None:
    refusal = refusal_to_comment(order, actor)
    if refusal:
        raise Refused("comment", refusal)


def _check_path(order: FilingOrder, path: str) -> None:
    try:
        get_value(order.submission.dossier, path)
    except PathError as error:
        raise Refused("path", _("提交的资料里没有这个字段，请刷新页面后重试。")) from error


@transaction.atomic
def add_comment(actor: Actor, *, order_id: UUID, path: str, content: CommentText) -> OrderComment:
    """Write a comment on `path` of the submission under review; raises Refused."""
    order = workflow.locked(order_id)
    _check(order, actor)
    _check_path(order, path)
    comment = OrderComment.objects.create(
        order=order,
        round=order.round,
        path=path,
        author_id=actor.user_id,
        created_at=clock.now(),
        **asdict(content),
    )
    extend_lease(actor, order_id=order.pk)
    return comment


def _own_comment(
    actor: Actor, order_id: UUID, comment_id: int, version: int | None
) -> OrderComment:
    order = workflow.locked(order_id)
    if version is not None and version != order.version:
        raise workflow.Stale
    _check(order, actor)
    comment = order.comments.standing().filter(pk=comment_id, round=order.round).first()
    if comment is None:
        raise Refused("gone", _("这条意见已被撤回。"))
    extend_lease(actor, order_id=order.pk)
    return comment


@transaction.atomic
def edit_comment(
    actor: Actor,
    *,
    order_id: UUID,
    comment_id: int,
    content: CommentText,
    version: int | None = None,
) -> OrderComment:
    """Change an unsent comment of this round, also a colleague's; raises Refused or Stale."""
    comment = _own_comment(actor, order_id, comment_id, version)
    if comment.sent_at is not None:
        raise Refused("sent", _("申请人已经看到这条意见，不能修改；请撤回后重新添加。"))
    for name, value in {**asdict(content), "author_id": actor.user_id}.items():
        setattr(comment, name, value)
    comment.save()
    return comment


@transaction.atomic
def withdraw_comment(
    actor: Actor, *, order_id: UUID, comment_id: int, version: int | None = None
) -> None:
    """Take a comment back: an unsent one is gone, one that was sent stays for the record.

    The check it asked anew is in force again, unless another remark asks for it.
    """
    comment = _own_comment(actor, order_id, comment_id, version)
    if comment.sent_at is None:
        comment.delete()
        return
    comment.withdrawn_at = clock.now()
    comment.save(update_fields=["withdrawn_at"])
    if way_of(comment):
        reopen_checks_not_asked(actor, comment.order)
