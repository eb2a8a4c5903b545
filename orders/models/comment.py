from __future__ import annotations

from django.db import models

from beian.crypto.fields import EncryptedTextField
from orders.enums import CommentSeverity, ReplyState


class OrderCommentQuerySet(models.QuerySet["OrderComment"]):
    def standing(self) -> OrderCommentQuerySet:
        return self.filter(withdrawn_at=None)

    def unsent(self) -> OrderCommentQuerySet:
        return self.standing().filter(sent_at=None)


class OrderComment(models.Model):
    """A reviewer's remark on one path of one round, and what the applicant did about it."""

    order = models.ForeignKey(
        "orders.FilingOrder", on_delete=models.CASCADE, related_name="comments"
    )
    round = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=120)
    severity = models.CharField(max_length=10, choices=CommentSeverity.choices)
    reason_code = models.CharField(max_length=30)
    text = EncryptedTextField()
    example = EncryptedTextField(blank=True)
    author = models.ForeignKey("beian.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # Sent with a decision; before that only reviewers see it.
    sent_at = models.DateTimeField(null=True)
    # Taken back after the applicant had seen it (the decision was recalled).
    withdrawn_at = models.DateTimeField(null=True)
    reply_state = models.CharField(
        max_length=10, choices=ReplyState.choices, default=ReplyState.OPEN
    )
    reply = EncryptedTextField(blank=True)
    replied_at = models.DateTimeField(null=True)

    objects = OrderCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.order_id} r{self.round} {self.path}"

    @property
    def is_blocking(self) -> bool:
        return self.severity != CommentSeverity.ADVICE
