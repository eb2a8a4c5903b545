"""Django's SECRET_KEY of an embedded installation: made once, kept beside the other keys."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """Return the key stored at `path`, creating it (mode 600) on the first start."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Web and worker start together; the other one was first.
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
