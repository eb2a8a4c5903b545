"""Messages of an order whose personal data goes: that they were sent stays until their term."""

from uuid import UUID

from django.db.models import QuerySet

from beian.enums import Channel, NoticeState
from beian.models import Notice


def messages_of(order_id: UUID) -> QuerySet[Notice]:
    """Those about the order, and the codes by which contacts were proved for it."""
    about = Notice.objects.filter(order_id=order_id)
    codes = Notice.objects.filter(is_secret=True, event_key__startswith=code_event(order_id))
    # Each by its own index: one question for both would read the whole outbox.
    found = {key for rows in (about, codes) for key in rows.values_list("pk", flat=True)}
    return Notice.objects.filter(pk__in=found)


def code_event(order_id: UUID | None) -> str:
    """How the events begin whose messages bring a portal code for an order."""
    return f"code:{order_id}:" if order_id else "code:"


def erase_messages(order_id: UUID) -> None:
    """Empty what was sent, delete what was not and what only the portal shows; in a transaction."""
    rows = messages_of(order_id)
    sent = rows.filter(state=NoticeState.SENT).exclude(channel=Channel.PORTAL)
    for notice_id in sent.values_list("pk", flat=True):
        # Recipients are told apart by their digest, which goes as well.
        Notice.objects.filter(pk=notice_id).update(
            recipient_digest=notice_id.hex, recipient="", **_EMPTY
        )
    rows.exclude(pk__in=sent.values("pk")).delete()


_EMPTY = {"subject": "", "body": "", "failure": "", "settlement_note": ""}
