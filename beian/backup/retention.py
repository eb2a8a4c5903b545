"""Backups past their time: what was erased must not live on in them."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from beian import clock
from beian.site_settings import setting

from .manifest import NAME, read_manifest
from .names import time_in
from .problems import BackupFailed


@dataclass
class Removal:
    """What is gone, and why something may be left that should be."""

    removed: list[Path] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def remove_old_backups(folder: Path) -> Removal:
    """Those of more days than `backup.keep_days`, and by the same days what broken runs left.

    One that cannot be read or removed is named and stops none of the others.
    """
    limit = clock.now() - timedelta(days=setting("backup.keep_days"))
    done = Removal()
    for path in sorted(folder.iterdir()):
        try:
            if path.is_dir() and (made := _made(path, done)) is not None and made < limit:
                shutil.rmtree(path)
                done.removed.append(path)
        except OSError as error:
            done.problems.append(f"{path}: {error.strerror or type(error).__name__}")
    return done


def _made(path: Path, done: Removal) -> datetime | None:
    """By the manifest, because people rename folders; by the name where there is none."""
    if (path / NAME).exists():
        try:
            return read_manifest(path).made
        except BackupFailed as failure:
            done.problems.append(str(failure))
    return time_in(path.name)
