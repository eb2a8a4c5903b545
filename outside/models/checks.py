from django.db import models

from outside import clock
from outside.enums import DomainProblem, RealNameResult


class RealNameRule(models.Model):
    """An answer the demo wants for one name."""

    name = models.CharField(max_length=100, unique=True)
    result = models.CharField(max_length=12, choices=RealNameResult)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class RealNameCheck(models.Model):
    """A check that was asked for. The certificate number is compared with nothing and not kept."""

    request_id = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=100)
    result = models.CharField(max_length=12, choices=RealNameResult)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name}: {self.result}"


class DomainRecord(models.Model):
    """What the domain registry knows; made on the first question so that dates stay put."""

    domain = models.CharField(max_length=253, unique=True)
    problem = models.CharField(
        max_length=20, choices=DomainProblem, default=DomainProblem.NONE, blank=True
    )
    registrant_name = models.CharField(max_length=255, blank=True)
    expires_on = models.DateField()
    real_name_done_on = models.DateField()

    class Meta:
        ordering = ["domain"]

    def __str__(self) -> str:
        return self.domain
