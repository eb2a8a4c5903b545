from django.db import models

from outside import clock
from outside.models.bureau import HandOver


class RegisteredSubject(models.Model):
    """A filed subject. Its number belongs to the certificate and is never given twice."""

    subject_key = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=255)
    province = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    running = models.PositiveIntegerField()
    number = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["province", "year", "running"], name="subject_running_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RegisteredService(models.Model):
    """A filed service; the running number is shared by all kinds under one subject."""

    subject = models.ForeignKey(
        RegisteredSubject, on_delete=models.CASCADE, related_name="services"
    )
    hand_over = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="services")
    ref = models.CharField(max_length=100)
    name = models.CharField(max_length=255, blank=True)
    running = models.PositiveIntegerField()
    number = models.CharField(max_length=50, unique=True)
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["running"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "running"], name="service_running_once"),
            models.UniqueConstraint(fields=["subject", "ref"], name="service_ref_once"),
        ]

    def __str__(self) -> str:
        return self.number
