from __future__ import annotations

import json
import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from beian import clock
from beian.crypto.fields import EncryptedTextField


class SmsChallengeQuerySet(models.QuerySet["SmsChallenge"]):
    def of_round(self, owner: uuid.UUID, round_number: int) -> SmsChallengeQuerySet:
        """The challenges in force: those of an earlier hand-over are closed."""
        return self.filter(owner=owner, round=round_number, closed_at=None)

    def waiting(self, moment: datetime) -> SmsChallengeQuerySet:
        """Can still be verified at `moment`: dead from the due time on, sweep or no sweep."""
        return self.filter(verified_at=None, closed_at=None, due_at__gt=moment)


class SmsChallenge(models.Model):
    """The ministry's text message to one mobile, and what its holder has entered so far.

    Sameness of persons is judged by mobile number: one number in two roles is one challenge.
    Code and certificate digits exist as keyed digests only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # The order, and its number as people know it.
    owner = models.UUIDField()
    reference = models.CharField(max_length=20)
    round = models.PositiveSmallIntegerField()
    # Subject principal first, then the services in their order.
    position = models.PositiveSmallIntegerField()
    mobile = EncryptedTextField()
    mobile_digest = models.CharField(max_length=64)
    # JSON: [{"role": …, "name": …}], one entry per role this number has.
    persons = EncryptedTextField()
    # Last six characters of the certificate of each person with this number. Emptied, like the
    # code's, some time after nobody can enter it any more.
    tail_digests = models.JSONField()
    code_digest = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    send_count = models.PositiveSmallIntegerField(default=1)
    sends_allowed = models.PositiveSmallIntegerField()
    # In a row, across code, mobile and certificate digits.
    wrong_count = models.PositiveSmallIntegerField(default=0)
    wrong_allowed = models.PositiveSmallIntegerField()
    verified_at = models.DateTimeField(null=True)
    # The attempt after the tolerated wrong ones: it returns the order.
    exhausted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = SmsChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "position"]
        constraints = [
            models.UniqueConstraint(
                name="challenge_once_per_mobile",
                fields=["owner", "round", "mobile_digest"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="challenge_counts_bounded",
                condition=Q(wrong_count__lte=F("wrong_allowed"))
                & Q(send_count__lte=F("sends_allowed")),
            ),
            models.CheckConstraint(
                name="challenge_exhausted_is_closed",
                condition=Q(exhausted_at__isnull=True)
                | Q(closed_at__isnull=False, verified_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="challenge_of_mobile", fields=["owner", "mobile_digest"]),
            models.Index(
                name="challenge_with_code", fields=["id"], condition=Q(code_digest__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} round {self.round}"

    @property
    def roles(self) -> list[str]:
        return [person["role"] for person in json.loads(self.persons)]

    @property
    def names(self) -> list[str]:
        """Names of the persons, each once."""
        return list(dict.fromkeys(person["name"] for person in json.loads(self.persons)))

    @property
    def is_verified(self) -> bool:
        return self.verified_at is not None

    @property
    def is_waiting(self) -> bool:
        """Whether an entry would still be looked at."""
        return not self.is_verified and self.closed_at is None and self.due_at > clock.now()

    @property
    def wrong_left(self) -> int:
        return self.wrong_allowed - self.wrong_count

    @property
    def sends_left(self) -> int:
        return self.sends_allowed - self.send_count
