"""Pictures in FILES_DIR, readable by this program's user only."""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from .base import StoredFile
from .files import FACES

_PATTERN = "??/??/*"


class FolderStore(FileSystemStorage):
    @property
    def base_location(self) -> Any:  # looked up each time: tests move it
        return settings.FILES_DIR

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def _save(self, name: str, content: File) -> str:
        """A reader sees the whole file or none, also after a power cut."""
        path = Path(self.path(name))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.writelines(content.chunks())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        return name

    def walk(self) -> Iterator[StoredFile]:
        root = Path(self.location)
        for path in chain(root.glob(_PATTERN), root.glob(FACES + _PATTERN)):
            if path.suffix not in {".bin", ".part"}:
                continue
            try:
                written_at = path.stat().st_mtime
            except FileNotFoundError:
                continue  # renamed or deleted since it was listed
            yield StoredFile(path.relative_to(root).as_posix(), written_at)
