"""Pictures by their stored name: ab/cd/abcd….bin, two levels to keep each folder small.

Faces lie apart from papers, on a shelf of their own: faces/ab/cd/….
"""

from collections.abc import Iterator
from typing import cast

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from .base import DocumentStore, StoredFile

ALIAS = "documents"
PAPERS, FACES = "", "faces/"


def _store() -> DocumentStore:
    return cast(DocumentStore, storages[ALIAS])


def name_of(stored_name: str, shelf: str = PAPERS) -> str:
    return f"{shelf}{stored_name[:2]}/{stored_name[2:4]}/{stored_name}.bin"


def write_file(stored_name: str, sealed: bytes, shelf: str = PAPERS) -> None:
    """Store the bytes; a reader sees the whole file or none. Raises StoreUnavailable."""
    _store().save(name_of(stored_name, shelf), ContentFile(sealed))


def read_file(stored_name: str, shelf: str = PAPERS) -> bytes:
    """Raises FileNotFoundError or StoreUnavailable."""
    with _store().open(name_of(stored_name, shelf)) as file:
        return file.read()


def delete_file(stored_name: str, shelf: str = PAPERS) -> None:
    _store().delete(name_of(stored_name, shelf))


def all_files() -> Iterator[StoredFile]:
    """Every stored file, half-written ones included."""
    return _store().walk()


def delete_stored(file: StoredFile) -> None:
    _store().delete(file.name)


def read_stored(file: StoredFile) -> bytes:
    """Raises FileNotFoundError or StoreUnavailable."""
    with _store().open(file.name) as content:
        return content.read()


def write_stored(name: str, sealed: bytes) -> None:
    """Bring a file back under the name it had."""
    _store().save(name, ContentFile(sealed))
