"""Mail through the installation's own mail server."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from .base import DeliveryFailed

TIMEOUT_SECONDS = 20


class SmtpMail:
    """SMTP cannot be asked what it has had: a mail sent again has the same Message-ID (RFC 5322
    section 3.6.4), by which mail programs know it.
    """

    def send(self, *, message_id: str, recipient: str, subject: str, text: str) -> None:
        host = settings.MAIL_FROM.rpartition("@")[2].rstrip(">")
        mail = EmailMessage(
            subject=" ".join(subject.split()),
            body=text,
            from_email=settings.MAIL_FROM,
            to=[recipient],
            headers={"Message-ID": f"<{message_id}@{host}>", "Auto-Submitted": "auto-generated"},
            connection=get_connection(
                "django.core.mail.backends.smtp.EmailBackend", timeout=TIMEOUT_SECONDS
            ),
        )
        try:
            mail.send()
        except (SMTPException, OSError) as error:
            # What a server says names the recipient.
            raise DeliveryFailed(type(error).__name__) from error
