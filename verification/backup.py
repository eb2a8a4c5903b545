"""Encrypted pictures into the folder of a backup and back; whether every one of them opens."""

import os
from collections.abc import Iterator
from pathlib import Path

from beian.crypto.provider import DecryptionFailed
from verification.actions.documents import DocumentDamaged, read_document
from verification.actions.face_photos import PhotoGone, open_stored
from verification.document_store import StoreUnavailable, all_files, read_stored, write_stored
from verification.models import Document, FacePhoto


def copy_pictures(target: Path) -> None:
    """Copy what is not there yet; a picture never changes under its name."""
    for file in all_files():
        path = target / file.name
        if not file.is_complete or path.exists():
            continue
        try:
            sealed = read_stored(file)
        except FileNotFoundError:
            continue  # removed since it was listed
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_bytes(sealed)
        os.replace(part, path)


def pictures_in(source: Path) -> list[str]:
    """Names under which the store knows them."""
    return sorted(path.relative_to(source).as_posix() for path in source.rglob("*.bin"))


def restore_pictures(source: Path) -> int:
    """Bring them back, those that are there already left alone; how many were brought."""
    there = {file.name for file in all_files()}
    missing = [name for name in pictures_in(source) if name not in there]
    for name in missing:
        write_stored(name, (source / name).read_bytes())
    return len(missing)


def pictures_that_do_not_open() -> Iterator[str]:
    """A line for every row whose picture is missing, damaged or cannot be decrypted."""
    # Its name is encrypted: one that does not open would end the reading of the rows.
    for document in Document.objects.filter(erased_at=None).defer("name").iterator():
        try:
            read_document(document)
        except (DocumentDamaged, DecryptionFailed, StoreUnavailable) as error:
            yield f"document {document.pk}: {error or type(error).__name__}"
    for photo in FacePhoto.objects.filter(erased_at=None).iterator():
        try:
            open_stored(photo)
        except (PhotoGone, StoreUnavailable) as error:
            yield str(error)
