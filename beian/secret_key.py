"""Django's SECRET_KEY of an embedded installation: made once, kept beside the other keys."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_create(path: Path) -> str:
    """Return the key stored at `path`, creating it (mode 600) on the first start."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        # Web and worker start together; the other one was first.
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} 不存在且无法写入，请设置 BEIAN_SECRET_KEY 或挂载密钥目录 / is missing and "
            "cannot be made: set BEIAN_SECRET_KEY or mount the keys folder"
        ) from error
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()
