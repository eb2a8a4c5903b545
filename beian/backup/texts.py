"""Whether every encrypted column opens, read as tokens so that one that does not stops nothing."""

from collections.abc import Iterator

from django.db.models import F, TextField
from django.db.models.functions import Cast

from beian.crypto.fields import EncryptedTextField
from beian.crypto.provider import DecryptionFailed
from beian.crypto.rotation import encrypted_columns
from beian.crypto.text import decrypt_text


def texts_that_do_not_open() -> Iterator[str]:
    """A line for every column with values that cannot be decrypted."""
    for model, columns in encrypted_columns():
        for column in columns:
            rows = model._base_manager.annotate(token=Cast(F(column.name), TextField()))
            tokens = rows.values_list("token", flat=True).iterator()
            closed = sum(not _opens(token, column) for token in tokens if token)
            if closed:
                yield f"{column.context()}: {closed} values do not open"


def _opens(token: str, column: EncryptedTextField) -> bool:
    try:
        decrypt_text(token, column.context())
    except (DecryptionFailed, ValueError, LookupError):  # the last two: no token at all
        return False
    return True
