"""A text column that is encrypted at rest and cannot be filtered on by mistake."""

from django.core.exceptions import FieldError
from django.db import models

from .text import decrypt_text, encrypt_text


class EncryptedTextField(models.TextField):
    """Stores a token under the master key; equal values give different tokens."""

    def context(self) -> str:
        """The place its tokens are bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(
        self, value: str | None, _expression: object, _connection: object
    ) -> str | None:
        return decrypt_text(value, self.context()) if value else value

    def get_prep_value(self, value: object) -> str | None:
        if value is None or value == "":
            return value
        return encrypt_text(str(value), self.context())

    def get_lookup(self, lookup_name: str):
        if lookup_name in {"isnull"}:
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted: look it up by its digest column")
