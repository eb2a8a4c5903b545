from django.db import models

from outside import clock
from outside.enums import FaceResult


class FaceRule(models.Model):
    """An answer the demo wants for one name."""

    name = models.CharField(max_length=100, unique=True)
    result = models.CharField(max_length=20, choices=FaceResult)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class FaceCheck(models.Model):
    """A check that was asked for. Neither photo nor certificate number is kept."""

    request_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    result = models.CharField(max_length=20, choices=FaceResult)
    score = models.PositiveSmallIntegerField(null=True)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"
