import uuid

from django.db import models

from beian.crypto.fields import EncryptedTextField


class UnsentFile(models.Model):
    """A file that was posted after the session had ended, waiting for its form to be sent again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # As a browser sent them, which may be anything; the content in base64. All of it is judged
    # when the form arrives after all.
    field = EncryptedTextField()
    name = EncryptedTextField()
    content_type = EncryptedTextField()
    content = EncryptedTextField()
    kept_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"file kept at {self.kept_at}"
