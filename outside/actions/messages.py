from outside.enums import Channel
from outside.models import Message


def deliver_sms(*, message_id: str, to: str, sender: str, text: str) -> None:
    """Put a text message on a phone; a message id seen before changes nothing."""
    Message.objects.get_or_create(
        channel=Channel.SMS,
        message_id=message_id,
        defaults={"recipient": to, "sender": sender, "text": text},
    )


def deliver_mail(*, message_id: str, to: str, subject: str, text: str) -> None:
    """Put a mail into a mailbox; a message id seen before changes nothing."""
    Message.objects.get_or_create(
        channel=Channel.MAIL,
        message_id=message_id,
        defaults={"recipient": to.lower(), "subject": subject, "text": text},
    )


def mark_read(channel: Channel, recipient: str) -> None:
    Message.objects.filter(channel=channel, recipient=recipient, is_read=False).update(is_read=True)
