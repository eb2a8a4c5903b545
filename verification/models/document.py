import uuid

from django.db import models
from django.db.models import Q

from beian.crypto.fields import EncryptedTextField


class Document(models.Model):
    """One uploaded picture: re-encoded, without metadata, encrypted in a file of its own.

    `owner` is the order whose data key seals the file; destroying that key erases the picture.
    """

    MEDIA_TYPE = "image/jpeg"
    # Kind of the photo of an on-site verification (现场核验照片).
    VERIFICATION_PHOTO = "verification_photo"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True)
    account = models.ForeignKey("beian.Account", on_delete=models.PROTECT, related_name="documents")
    # The material it was uploaded for, for example subject_doc_image.
    kind = models.CharField(max_length=60)
    # What the file was called at home; people name pictures after persons.
    name = EncryptedTextField(blank=True)
    stored_name = models.CharField(max_length=32, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    byte_count = models.PositiveIntegerField()
    # SHA-256 of the stored picture before encryption, in hex.
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        "beian.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    # Part of a submission: kept as long as the order, whatever happens to the draft.
    frozen_at = models.DateTimeField(null=True)
    # Past its term: the file is gone, the row stays as the record that it was there.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            # The same picture for the same purpose is one document.
            models.UniqueConstraint(
                name="document_once",
                fields=["owner", "kind", "sha256"],
                condition=Q(erased_at__isnull=True),
            ),
            models.CheckConstraint(
                name="document_has_pixels",
                condition=Q(width__gt=0, height__gt=0, byte_count__gt=0),
            ),
        ]
        indexes = [
            models.Index(
                name="document_unfrozen",
                fields=["created_at"],
                condition=Q(frozen_at__isnull=True, erased_at__isnull=True),
            ),
            # A photo is looked for among those of all orders.
            models.Index(
                name="document_photo_served",
                fields=["sha256"],
                condition=Q(kind="verification_photo", frozen_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None
