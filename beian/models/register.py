"""The register: what the bureau filed. Written only from a bureau result."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beian.crypto.fields import EncryptedTextField


class Subject(models.Model):
    """主体: the entity on record; one per account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.OneToOneField(
        "beian.Account", null=True, on_delete=models.SET_NULL, related_name="subject"
    )
    subject_number = models.CharField(max_length=40, unique=True)
    province = models.CharField(max_length=2)
    nature = models.CharField(max_length=30)
    # A natural person's is masked; the whole name is the principal's, encrypted.
    name = models.CharField(max_length=120)
    cert_type = models.CharField(max_length=40)
    cert_number = EncryptedTextField()
    cert_digest = models.CharField(max_length=64, unique=True)
    cert_address = EncryptedTextField(blank=True)
    contact_address = EncryptedTextField(blank=True)
    filed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.subject_number} {self.name}"


class InternetService(models.Model):
    """互联网信息服务: a website or APP on record under a subject."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(max_length=12, choices=[("website", _("网站")), ("app", _("APP"))])
    name = models.CharField(max_length=120)
    service_number = models.CharField(max_length=50, unique=True)
    content_categories = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    remarks = models.TextField(blank=True)
    # The order and the service inside it that this row was written from.
    order_id = models.UUIDField()
    dossier_ref = models.UUIDField(unique=True)
    filed_at = models.DateTimeField()

    class Meta:
        ordering = ["filed_at", "service_number"]

    def __str__(self) -> str:
        return f"{self.service_number} {self.name}"


class RegisteredPerson(models.Model):
    """A responsible person on record, of the subject or of one service."""

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="persons")
    service = models.ForeignKey(
        InternetService, null=True, on_delete=models.CASCADE, related_name="persons"
    )
    full_name = EncryptedTextField()
    cert_type = models.CharField(max_length=40)
    cert_number = EncryptedTextField()
    cert_digest = models.CharField(max_length=64, db_index=True)
    mobile = EncryptedTextField()
    mobile_digest = models.CharField(max_length=64, db_index=True)
    emergency_phone = EncryptedTextField()
    emergency_digest = models.CharField(max_length=64, db_index=True)
    email = EncryptedTextField()
    email_digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_one_per_subject",
                fields=["subject"],
                condition=Q(service__isnull=True),
            ),
            models.UniqueConstraint(
                name="person_one_per_service",
                fields=["service"],
                condition=Q(service__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"person of {self.subject_id}"


class ServiceDomain(models.Model):
    """A domain of a filed service, in Unicode and in punycode."""

    service = models.ForeignKey(InternetService, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(max_length=253)
    punycode = models.CharField(max_length=253)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="domain_on_record_once",
                fields=["punycode"],
                condition=Q(removed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AccessRecord(models.Model):
    """接入信息: which provider serves a filed service from which addresses."""

    service = models.ForeignKey(InternetService, on_delete=models.CASCADE, related_name="access")
    provider = models.CharField(max_length=80)
    resource_ref = models.CharField(max_length=80, blank=True)
    ips = models.JSONField(default=list)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.service_id} at {self.provider}"
