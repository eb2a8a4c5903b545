"""Master keys: a JSON file outside the database, `{"current": "k1", "keys": {"k1": base64}}`.

`digest.key` is separate, because look-up digests must survive a rotation of the master keys.
An embedded installation makes both on its first start; otherwise they are mounted.
"""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from .provider import KEY_BYTES, DecryptionFailed


@dataclass(frozen=True)
class MasterKeys:
    current: str
    keys: dict[str, bytes]

    def key(self, key_id: str) -> bytes:
        try:
            return self.keys[key_id]
        except KeyError as error:
            raise DecryptionFailed(f"master key {key_id!r} is not mounted") from error


def _create(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_text(content)
    temporary.chmod(0o600)
    try:
        # link() fails if another process was first, and never shows a half-written file.
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


@lru_cache(maxsize=4)
def _read_master(path: Path) -> MasterKeys:
    if not path.exists():
        fresh = base64.b64encode(os.urandom(KEY_BYTES)).decode()
        _create(path, json.dumps({"current": "k1", "keys": {"k1": fresh}}))
    stored = json.loads(path.read_text())
    keys = {name: base64.b64decode(value) for name, value in stored["keys"].items()}
    return MasterKeys(stored["current"], keys)


@lru_cache(maxsize=4)
def _read_digest_key(path: Path) -> bytes:
    if not path.exists():
        _create(path, base64.b64encode(os.urandom(KEY_BYTES)).decode())
    return base64.b64decode(path.read_text())


def master_keys() -> MasterKeys:
    return _read_master(settings.KEYS_DIR / "master.json")


def digest_key() -> bytes:
    return _read_digest_key(settings.KEYS_DIR / "digest.key")
