"""What a backup holds, written last: a folder without it is no backup."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .problems import BackupFailed

NAME = "manifest.json"
_PIECE = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """`rows` by table, `dump_sha256` in hex, number of `pictures`, fingerprints of the keys needed.

    `master_keys` by id; a fingerprint is empty in backups of releases that kept ids only.
    """

    made_at: str
    vendor: str
    rows: dict[str, int]
    dump_sha256: str
    pictures: int
    master_keys: dict[str, str]
    digest_key: str = ""

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Raises BackupFailed where there is none."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if isinstance(kept["master_keys"], list):
            kept["master_keys"] = dict.fromkeys(kept["master_keys"], "")
        found = Manifest(**kept)
        if found.made.utcoffset() is None:
            raise ValueError("a time without its zone")
        return found
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise BackupFailed(
            f"{folder} 不是完整的备份 / not a complete backup: {type(error).__name__}"
        ) from error


def sha256_of(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
