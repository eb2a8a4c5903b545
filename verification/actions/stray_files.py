"""Files that no document speaks of: left behind by a rollback or a power cut."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from verification.document_files import all_files
from verification.models import Document

# A younger file may belong to a transaction that has not been committed yet.
_YOUNGEST = timedelta(hours=1)
_BATCH = 500


def remove_stray_files() -> int:
    """Delete encrypted files without a row; returns how many."""
    files, count = _old_files(), 0
    while batch := list(islice(files, _BATCH)):
        for path in _without_row(batch):
            path.unlink(missing_ok=True)
            count += 1
    return count


def _old_files() -> Iterator[Path]:
    # Ages of files are the machine's, of which a moved demonstration clock knows nothing.
    before = time.time() - _YOUNGEST.total_seconds()
    return (path for path in all_files() if _age_mark(path) < before)


def _age_mark(path: Path) -> float:
    """When the file was written, in seconds; infinite for one that has just been renamed."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _without_row(paths: list[Path]) -> list[Path]:
    names = [path.stem for path in paths]
    known = set(
        Document.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
    )
    # A half-written file is never read again, whether its document came to be or not.
    return [path for path in paths if path.suffix == ".part" or path.stem not in known]
