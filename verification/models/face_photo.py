from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from verification.enums import DeviceClass, FaceState, LinkChannel


class FacePhotoQuerySet(models.QuerySet["FacePhoto"]):
    def standing(self) -> FacePhotoQuerySet:
        """Neither erased nor sealed: those a person can still take back."""
        return self.filter(erased_at=None, restricted_at=None)


class FacePhoto(models.Model):
    """One photo of a face and what the provider said about it.

    Biometric data: a data key of its own (`id`), a folder of its own, no template, no thumbnail.
    Erasing destroys the key and deletes the file; the row stays as the record that it happened.
    """

    MEDIA_TYPE = "image/jpeg"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    check_row = models.ForeignKey(
        "verification.TruthfulnessCheck", on_delete=models.PROTECT, related_name="photos"
    )
    taken_at = models.DateTimeField()
    channel = models.CharField(max_length=4, choices=LinkChannel.choices)
    device = models.CharField(max_length=10, choices=DeviceClass.choices)
    stored_name = models.CharField(max_length=32, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    byte_count = models.PositiveIntegerField()
    # SHA-256 of the stored picture before encryption, in hex.
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=FaceState.choices, default=FaceState.WAITING)
    # The provider's answer: 0 to 100, evidence for the reviewer and no gate; FaceFailure values.
    score = models.PositiveSmallIntegerField(null=True)
    reasons = models.JSONField(default=list)
    answered_at = models.DateTimeField(null=True)
    has_passed = models.BooleanField(null=True)
    next_ask_at = models.DateTimeField()
    unavailable_since = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # Part of a submission: evidence, kept as long as the order's.
    frozen_at = models.DateTimeField(null=True)
    # Consent withdrawn after the bureau had the data: kept to the end of its time, seen by nobody.
    restricted_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = FacePhotoQuerySet.as_manager()

    class Meta:
        ordering = ["taken_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="face_confirmed_has_time",
                condition=Q(state=FaceState.CONFIRMED, confirmed_at__isnull=False)
                | (~Q(state=FaceState.CONFIRMED) & Q(confirmed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="face_answer_has_result",
                condition=Q(state=FaceState.WAITING, has_passed__isnull=True)
                | (~Q(state=FaceState.WAITING) & Q(has_passed__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                name="face_waiting",
                fields=["next_ask_at"],
                condition=Q(state="waiting", erased_at__isnull=True),
            ),
            models.Index(
                name="face_stored", fields=["taken_at"], condition=Q(erased_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"face photo {self.pk}: {self.state}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_viewable(self) -> bool:
        """Whether it may still be looked at and judged by."""
        return self.erased_at is None and self.restricted_at is None

    @property
    def is_undecided(self) -> bool:
        """Taken, and neither confirmed nor given up."""
        return not self.is_erased and self.state != FaceState.CONFIRMED
