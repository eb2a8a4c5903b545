import uuid

from django.db import models
from django.db.models import Q

from beian.crypto.fields import EncryptedTextField
from verification.enums import MeetingState

_UNDECIDED = ["requested", "scheduled", "cancelled"]


class TruthfulnessMeeting(models.Model):
    """An online meeting instead of a photo: asked for, given a time, its outcome recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_row = models.ForeignKey(
        "verification.TruthfulnessCheck", on_delete=models.PROTECT, related_name="meetings"
    )
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.REQUESTED
    )
    requested_at = models.DateTimeField()
    # Who was signed in; None when the person asked without an account.
    requested_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Times that suit, as verification.meeting_times writes them.
    preferred = models.JSONField(default=list)
    agreed_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = EncryptedTextField(blank=True)

    class Meta:
        ordering = ["requested_at"]
        constraints = [
            models.CheckConstraint(
                name="meeting_decision_has_time",
                condition=Q(state__in=_UNDECIDED, decided_at__isnull=True)
                | (~Q(state__in=_UNDECIDED) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="meeting_scheduled_has_time",
                condition=~Q(state="scheduled") | Q(agreed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in {MeetingState.REQUESTED, MeetingState.SCHEDULED}
