"""The applicant's answers to a round's comments: the field changed, or an explanation given."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from beian import clock
from beian.actors import Actor
from orders import due
from orders.dossier import Change, Dossier, diff
from orders.dossier.paths import is_within
from orders.enums import OrderState, ReplyState
from orders.models import FilingOrder, OrderComment
from orders.new_checks import asked_by, proof_of, way_of
from orders.truthfulness import Standing, missing_of, standings_of
from orders.workflow import Refused, locked

ANSWERABLE_STATES = frozenset(
    {
        OrderState.NEEDS_SUPPLEMENT,
        OrderState.INITIAL_REJECTED,
        OrderState.RETURNED_BY_MIIT,
        OrderState.BUREAU_REJECTED,
    }
)
# The refusal of an explanation written on a page that shows an older one.
CHANGED = "changed"


@dataclass(frozen=True)
class Answer:
    """A comment, what changed under its path since it was written, and where that leaves it.

    `is_check` where a new truthfulness check answers it, `people` are those asked, in the present
    round. In an earlier one it holds only where such a check was done.
    """

    comment: OrderComment
    changes: tuple[Change, ...]
    is_check: bool = False
    people: tuple[Standing, ...] = ()

    @property
    def state(self) -> ReplyState:
        if self.is_check:
            return ReplyState.OPEN if missing_of(self.people) else ReplyState.DONE
        if self.changes:
            return ReplyState.DONE
        return ReplyState.EXPLAINED if self.comment.reply else ReplyState.OPEN

    @property
    def is_open(self) -> bool:
        return self.state is ReplyState.OPEN


def _concerns(change: Change, path: str) -> bool:
    # A comment may name one domain of a list that changes as one leaf.
    return is_within(change.path, path) or is_within(path, change.path)


def changes_since(order: FilingOrder, round_: int | None = None) -> list[Change]:
    """What differs from a round's submission (the present one) to the next one, or the draft."""
    number = order.round if round_ is None else round_
    if number == order.round:
        return diff(order.submission.dossier, order.dossier) if number else []
    rows = order.submissions.filter(round__in=[number, number + 1])
    submitted = {submission.round: submission for submission in rows}
    if number not in submitted:
        return []
    following = submitted.get(number + 1)
    after: Dossier = following.dossier if following else order.dossier
    return diff(submitted[number].dossier, after)


def _standing(order: FilingOrder, number: int) -> list[OrderComment]:
    if number == order.round:
        return order.standing_comments
    return list(order.comments.standing().filter(round=number))


def answers_of(
    order: FilingOrder, round_: int | None = None, *, changes: list[Change] | None = None
) -> list[Answer]:
    """Comments sent in a round (the present one by default) with what was done about each.

    `changes` are those of `changes_since`, where the caller has them already.
    """
    number = order.round if round_ is None else round_
    comments = [comment for comment in _standing(order, number) if comment.sent_at is not None]
    if comments and changes is None:
        changes = changes_since(order, number)
    if number == order.round:
        return [_answer(order, comment, changes or []) for comment in comments]
    checked = _answered_by_checks(order, number, [each for each in comments if way_of(each)])
    return [
        Answer(comment, _about(comment, changes or []), is_check=comment in checked)
        for comment in comments
    ]


def _about(comment: OrderComment, changes: list[Change]) -> tuple[Change, ...]:
    return tuple(item for item in changes if _concerns(item, comment.path))


def _answer(order: FilingOrder, comment: OrderComment, changes: list[Change]) -> Answer:
    about = _about(comment, changes)
    if not way_of(comment):
        return Answer(comment, about)
    asked = tuple(each for each in standings_of(order) if comment in each.remarks)
    return Answer(comment, about, is_check=True, people=asked)


def _answered_by_checks(
    order: FilingOrder, number: int, comments: list[OrderComment]
) -> list[OrderComment]:
    """Remarks of an earlier round whose persons came again before the next submission.

    Earlier releases took an explanation or a changed field for an answer.
    """
    if not comments:
        return []
    rows = order.submissions.filter(round__in=[number, number + 1])
    submitted = {submission.round: submission for submission in rows}
    before, after = submitted[number], submitted[number + 1]
    old = {proof_of(row) for row in before.truthfulness}
    came = {row["person"] for row in after.truthfulness if proof_of(row) not in old}
    return [comment for comment in comments if asked_by(comment, after.dossier) <= came]


def unanswered_comments(order: FilingOrder) -> list[OrderComment]:
    """Comments of this round that block resubmission because nothing was done about them."""
    return [
        answer.comment
        for answer in answers_of(order)
        if answer.is_open and answer.comment.is_blocking
    ]


def _check_answerable(order: FilingOrder, actor: Actor, comment: OrderComment) -> None:
    if not actor.files_for(order.account_id):
        raise Refused("actor", _("您没有说明理由的权限。"))
    if order.state not in ANSWERABLE_STATES:
        raise Refused("state", _("订单已经提交，说明不能再修改。"))
    if comment.sent_at is None or comment.round != order.round:
        raise Refused("round", _("这条意见属于之前的一轮审核，不需要再处理。"))


def seen_of(comment: OrderComment) -> str:
    """Tells one explanation of a comment from the next; what its page posts back."""
    return comment.replied_at.isoformat() if comment.replied_at else ""


@transaction.atomic
def reply_to_comment(
    actor: Actor, *, comment_id: int, text: str, seen: str | None = None
) -> OrderComment:
    """Store or change an explanation; an empty text takes it back. Raises Refused.

    `seen` names the explanation that was on the page: a colleague's is not overwritten unread.
    It may be changed until the order is resubmitted: the order's row is locked meanwhile.
    """
    order_id = OrderComment.objects.values_list("order_id", flat=True).get(pk=comment_id)
    order = locked(order_id)
    comment = order.comments.standing().get(pk=comment_id)
    _check_answerable(order, actor, comment)
    if seen is not None and seen != seen_of(comment):
        raise Refused(CHANGED, _("同事刚刚修改了这条说明，请看过现在的说明后再保存。"))
    comment.reply = text.strip()
    comment.reply_state = ReplyState.EXPLAINED if comment.reply else ReplyState.OPEN
    comment.replied_at = clock.now() if comment.reply else None
    comment.save(update_fields=["reply", "reply_state", "replied_at"])
    due.restart_idle(order)
    FilingOrder.objects.filter(pk=order.pk).update(due_at=order.due_at)
    return comment
