from django.db import models

from .audit import AppendOnlyError


class ConsentRecord(models.Model):
    """That one person was shown a text in one version for one purpose, and agreed (or was told).

    Kept by digest of the person, so that it outlives erasure of the person's data. The database
    refuses changes: a consent taken back is a later row without consent, and the last one counts.
    """

    PURPOSE_CHOICES = [
        ("account_terms", "account terms"),
        ("account_privacy", "privacy notice"),
        ("certificate_data", "certificate images and numbers"),
        ("bureau_transfer", "transfer to the ministry and the bureau"),
        ("filing_pledge", "filing pledge"),
        ("information_security", "information security pledge"),
        ("assisted_changes", "assisted changes terms"),
        ("contact_notice", "notice to a responsible person"),
        ("face_notice", "notice before the truthfulness check"),
        ("face_photo", "photo of the face"),
        ("face_verifier", "giving the photo to the verifying service"),
    ]

    person_digest = models.CharField(max_length=64, db_index=True)
    # Not emptied when the user or account goes: that would be a change of the record.
    user = models.ForeignKey(
        "beian.User", null=True, on_delete=models.DO_NOTHING, db_constraint=False
    )
    account = models.ForeignKey(
        "beian.Account", null=True, on_delete=models.DO_NOTHING, db_constraint=False
    )
    order_id = models.UUIDField(null=True, db_index=True)
    purpose = models.CharField(max_length=30, choices=PURPOSE_CHOICES)
    is_consent = models.BooleanField(
        help_text="False: a notice that was shown, or a consent taken back"
    )
    text_key = models.CharField(max_length=60)
    text_version = models.CharField(max_length=20)
    text_digest = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    source_address = models.GenericIPAddressField(null=True)

    def __str__(self) -> str:
        return f"{self.purpose} {self.text_version} at {self.given_at:%Y-%m-%d}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnlyError("consent records are never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object):
        raise AppendOnlyError("consent records are never deleted")
