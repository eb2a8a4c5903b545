"""Reading the inbox."""

from uuid import UUID

from beian import clock
from beian.actors import Actor
from beian.enums import Channel
from beian.models import Notice


def mark_read(actor: Actor, *, notice_id: UUID | None = None) -> int:
    """Mark one or all messages of the actor's account as read; returns how many were unread."""
    rows = Notice.objects.filter(
        account_id=actor.account_id, channel=Channel.PORTAL, read_at=None
    ).exclude(account_id=None)
    if notice_id is not None:
        rows = rows.filter(pk=notice_id)
    return rows.update(read_at=clock.now())
