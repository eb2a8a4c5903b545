"""Messages that failed for good: send again, or note that the person was told otherwise."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from beian import clock
from beian.actors import Actor
from beian.audit import record_audit
from beian.enums import NoticeState
from beian.models import Notice


class NoticeSettled(Exception):
    """A colleague was faster, or the message is on its way again."""


class ContentGone(Exception):
    """The message held a code; codes are not kept, so it cannot be sent again."""


def failed_notices() -> QuerySet[Notice]:
    """Messages a person has to see to. Portal codes are not among them: one asks for another."""
    rows = Notice.objects.filter(state=NoticeState.FAILED, settled_at=None)
    return rows.exclude(is_secret=True, order_id=None)


def _change(actor: Actor, notice_id: UUID, action: str, **values: object) -> None:
    """Both acts are one conditional update: of two clicks only the first finds the row."""
    if not failed_notices().filter(pk=notice_id).update(**values):
        raise NoticeSettled
    record_audit(actor, action, obj=Notice(pk=notice_id))


@transaction.atomic
def retry_notice(actor: Actor, *, notice_id: UUID) -> None:
    """Put the message back into the outbox with all its attempts."""
    if Notice.objects.filter(pk=notice_id, is_secret=True).exists():
        raise ContentGone
    _change(
        actor,
        notice_id,
        "retry_notice",
        state=NoticeState.QUEUED,
        attempt_count=0,
        next_attempt_at=clock.now(),
    )


@transaction.atomic
def mark_told(actor: Actor, *, notice_id: UUID, note: str) -> None:
    """The person was told by other means; `note` says how."""
    _change(
        actor,
        notice_id,
        "mark_notice_told",
        settled_at=clock.now(),
        settled_by_id=actor.user_id,
        settlement_note=note,
    )
