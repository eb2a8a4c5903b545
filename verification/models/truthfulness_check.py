from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from beian import clock
from beian.crypto.digests import digest
from beian.crypto.fields import EncryptedTextField
from beian.site_settings import setting
from verification.enums import CheckEnd, MeetingState, TruthfulnessMethod, TruthfulnessStage

_MEETING_STAGES = {
    MeetingState.REQUESTED: TruthfulnessStage.MEETING_REQUESTED,
    MeetingState.SCHEDULED: TruthfulnessStage.MEETING_SCHEDULED,
}


class TruthfulnessCheckQuerySet(models.QuerySet["TruthfulnessCheck"]):
    def of(self, owner: uuid.UUID) -> TruthfulnessCheckQuerySet:
        """Everything ever done for an order, with the latest photo and meeting."""
        return self.filter(owner=owner).select_related("photo", "meeting")

    def current(self) -> TruthfulnessCheckQuerySet:
        return self.filter(closed_at=None)


class TruthfulnessCheck(models.Model):
    """真实性核验: that one service principal of one order (`owner`) is who the form says.

    Bound to name and certificate: another person is another check. `photo` and `meeting` are the
    latest of their kind; what was tried before them hangs on the check as well.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True)
    person_digest = models.CharField(max_length=64)
    # For the provider's question; emptied when the check ends.
    full_name = EncryptedTextField(blank=True)
    cert_type = models.CharField(max_length=40)
    cert_number = EncryptedTextField(blank=True)
    # The number of a person who comes without a link; emptied when nothing is left to take back.
    mobile_digest = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    photo = models.ForeignKey(
        "verification.FacePhoto", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    meeting = models.ForeignKey(
        "verification.TruthfulnessMeeting", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)
    # Whose consents these are, once the certificate's number is emptied.
    consent_digest = models.CharField(max_length=64, blank=True)
    closed_for = models.CharField(max_length=20, choices=CheckEnd.choices, blank=True)
    # A reviewer's words when the result did not convince.
    refusal = EncryptedTextField(blank=True)
    closed_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = TruthfulnessCheckQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="truthfulness_one_current",
                fields=["owner", "person_digest"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="truthfulness_end_has_reason",
                condition=Q(closed_at__isnull=True, closed_for="")
                | Q(closed_at__isnull=False, closed_for__gt=""),
            ),
        ]
        indexes = [models.Index(name="truthfulness_mobile", fields=["owner", "mobile_digest"])]

    def __str__(self) -> str:
        return f"truthfulness check {self.pk}"

    @property
    def digest_of_consents(self) -> str:
        """By whom the consents to this check are kept."""
        return self.consent_digest or digest("certificate", self.cert_number)

    @property
    def is_reachable(self) -> bool:
        """Whether a link may lead here: also when it is over, while a photo can be taken back."""
        return self.closed_at is None or self.photos.standing().exists()

    @property
    def stage(self) -> TruthfulnessStage:
        """Where it stands now; a result that has grown too old counts as none."""
        if self.closed_at is not None:
            return TruthfulnessStage.CLOSED
        if self.is_in_force:
            return TruthfulnessStage.DONE
        if self.photo is not None and self.photo.is_undecided:
            return TruthfulnessStage(self.photo.state)
        if self.meeting is not None and self.meeting.is_open:
            return _MEETING_STAGES[MeetingState(self.meeting.state)]
        return TruthfulnessStage.LAPSED if self.until else TruthfulnessStage.OPEN

    @property
    def counts(self) -> bool:
        """Whether the order may be submitted with it: own photo confirmed, or a meeting chosen."""
        has_meeting = self.meeting is not None and self.meeting.is_open
        return self.closed_at is None and (self.is_in_force or has_meeting)

    @property
    def method(self) -> str:
        """What makes it count; "" as long as nothing does."""
        if self.is_in_force:
            return self._result[1]
        return TruthfulnessMethod.MEETING if self.counts else ""

    @property
    def done_at(self) -> datetime | None:
        """When the photo was confirmed, or the person recognised in the meeting."""
        return self._result[0]

    @property
    def counts_since(self) -> datetime | None:
        """When it came to count: with the result, or the booking of the meeting."""
        if self.is_in_force:
            return self.done_at
        return self.meeting.requested_at if self.counts and self.meeting else None

    @property
    def until(self) -> datetime | None:
        """The end of the result's life; None without a result."""
        done_at = self.done_at
        return done_at + timedelta(days=setting("truthfulness.valid_days")) if done_at else None

    @property
    def is_in_force(self) -> bool:
        return self.until is not None and self.until > clock.now()

    @property
    def _result(self) -> tuple[datetime | None, str]:
        """The later one of the two kinds of result."""
        photo, meeting = self.photo, self.meeting
        found: list[tuple[datetime, str]] = []
        if photo is not None and photo.confirmed_at and photo.is_viewable:
            found.append((photo.confirmed_at, TruthfulnessMethod.FACE))
        if meeting is not None and meeting.decided_at and meeting.state == MeetingState.CONFIRMED:
            found.append((meeting.decided_at, TruthfulnessMethod.MEETING))
        return max(found) if found else (None, "")
