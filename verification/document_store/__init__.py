"""Where encrypted pictures lie: a folder of this machine, or a bucket of S3-type storage.

Both are Django storages behind one alias, so that everything above them is the same code.
"""

from .base import StoredFile, StoreUnavailable
from .files import (
    FACES,
    all_files,
    delete_file,
    delete_stored,
    name_of,
    read_file,
    read_stored,
    write_file,
    write_stored,
)

__all__ = [
    "FACES",
    "StoreUnavailable",
    "StoredFile",
    "all_files",
    "delete_file",
    "delete_stored",
    "name_of",
    "read_file",
    "read_stored",
    "write_file",
    "write_stored",
]
