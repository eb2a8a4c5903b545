from django.db import models

from beian.enums import StaffAudience


class StaffNotice(models.Model):
    """A message in the desk's own inbox: to everybody who has one of the audience's roles,
    or to one of them.

    It names orders by their number, colleagues by their account and nobody by name; each reader
    sees it in his language.
    """

    # An event told twice is one message.
    event_key = models.CharField(max_length=120, unique=True)
    audience = models.CharField(max_length=12, choices=StaffAudience.choices)
    # One of the audience alone, or all of it but one: whoever did what the message is about.
    reader = models.ForeignKey(
        "beian.User", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    but_for = models.ForeignKey(
        "beian.User", null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # {"zh": {"subject": …, "body": …}, "en": {…}}
    texts = models.JSONField()
    # The page to look at: a URL name and its one argument, either may be empty.
    url_name = models.CharField(max_length=60, blank=True)
    url_argument = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(name="staff_notice_inbox", fields=["audience", "-created_at"])]

    def __str__(self) -> str:
        return self.event_key


class StaffNoticeRead(models.Model):
    """One of the provider's people has read one message."""

    notice = models.ForeignKey(StaffNotice, on_delete=models.CASCADE, related_name="reads")
    user = models.ForeignKey("beian.User", on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="staff_notice_read_once", fields=["notice", "user"]),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} by {self.user_id}"
