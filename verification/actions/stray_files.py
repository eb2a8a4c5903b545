"""Files that no row speaks of: left behind by a rollback or a power cut."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from verification.document_store import StoredFile, all_files, delete_stored
from verification.models import Document, FacePhoto

# A younger file may belong to a transaction that has not been committed yet.
_YOUNGEST = timedelta(hours=1)
_BATCH = 500


def remove_stray_files() -> int:
    """Delete encrypted files without a row; returns how many."""
    files, count = _old_files(), 0
    while batch := list(islice(files, _BATCH)):
        for file in _without_row(batch):
            delete_stored(file)
            count += 1
    return count


def _old_files() -> Iterator[StoredFile]:
    # Ages of files are the machine's, of which a moved demonstration clock knows nothing.
    before = time.time() - _YOUNGEST.total_seconds()
    return (file for file in all_files() if file.written_at < before)


def _without_row(files: list[StoredFile]) -> list[StoredFile]:
    names = [file.stem for file in files]
    # Of an erased picture the row stays, its file does not.
    papers = Document.objects.filter(stored_name__in=names, erased_at=None)
    faces = FacePhoto.objects.filter(stored_name__in=names, erased_at=None)
    known = {
        name for rows in (papers, faces) for name in rows.values_list("stored_name", flat=True)
    }
    # A half-written file is never read again, whether its document came to be or not.
    return [file for file in files if not file.is_complete or file.stem not in known]
