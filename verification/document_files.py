"""Where encrypted pictures lie: FILES_DIR/ab/cd/abcd….bin, readable by this program's user only."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings


def path_of(stored_name: str) -> Path:
    """Two levels of folders keep each of them small."""
    return Path(settings.FILES_DIR, stored_name[:2], stored_name[2:4], f"{stored_name}.bin")


def write_file(stored_name: str, sealed: bytes) -> None:
    """Store the bytes; a reader sees the whole file or none, also after a power cut."""
    path = path_of(stored_name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_file(stored_name: str) -> bytes:
    return path_of(stored_name).read_bytes()


def delete_file(stored_name: str) -> None:
    path_of(stored_name).unlink(missing_ok=True)


def all_files() -> Iterator[Path]:
    """Every stored file, half-written ones (.part) included."""
    for path in Path(settings.FILES_DIR).glob("??/??/*"):
        if path.suffix in {".bin", ".part"}:
            yield path
