"""A text column that is encrypted at rest and cannot be filtered on by mistake."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models import QuerySet

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


def left_shut(rows: QuerySet, *beside: str) -> QuerySet:
    """`rows`, and the rows `beside` them, whose encrypted columns open when they are asked for.

    Read at once, one that is damaged would end the reading of all.
    """
    names = [*_encrypted(rows.model)]
    for path in beside:
        related = rows.model._meta.get_field(path).related_model
        names += [f"{path}__{name}" for name in _encrypted(related)]
    # Without a name it would be every row beside.
    return (rows.select_related(*beside) if beside else rows).defer(*names)


def _encrypted(model: Any) -> Iterator[str]:
    for field in model._meta.local_fields:
        if isinstance(field, EncryptedTextField):
            yield field.name
