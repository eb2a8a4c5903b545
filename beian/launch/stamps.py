"""Remember what has been prepared, so that a second start skips it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(paths: Iterable[Path], *extra: str) -> str:
    """Hash of names and contents of the given files, plus any extra words."""
    seal = hashlib.sha256()
    for path in sorted(paths):
        seal.update(str(path).encode())
        seal.update(path.read_bytes())
    for word in extra:
        seal.update(word.encode())
    return seal.hexdigest()


class Stamps:
    """One small file per prepared thing, holding the fingerprint it was prepared from."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_current(self, name: str, value: str) -> bool:
        path = self.folder / name
        return path.is_file() and path.read_text() == value

    def write(self, name: str, value: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(value)
