"""What a store of pictures does on top of Django's storage."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol

from django.core.files.base import File


class StoreUnavailable(Exception):
    """The store did not answer, or refused; trying again is safe. Holds no address."""


@dataclass(frozen=True)
class StoredFile:
    """One file as it lies there; `written_at` in seconds by the store's clock."""

    name: str
    written_at: float

    @property
    def stem(self) -> str:
        return PurePosixPath(self.name).stem

    @property
    def is_complete(self) -> bool:
        """A folder may hold half-written files after a power cut."""
        return self.name.endswith(".bin")


class DocumentStore(Protocol):
    """Django's storage API; reading raises FileNotFoundError, everything StoreUnavailable."""

    def open(self, name: str, mode: str = "rb") -> File: ...

    def save(self, name: str, content: File) -> str: ...

    def delete(self, name: str) -> None: ...

    def walk(self) -> Iterator[StoredFile]:
        """Every file, in batches and never as one list."""
