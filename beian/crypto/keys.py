"""Master keys: a JSON file outside the database, `{"current": "k1", "keys": {"k1": base64}}`.

`digest.key` is separate, because look-up digests must survive a rotation of the master keys; it
says which hash they are made with, because they do not survive another one.
An embedded or demo installation makes both on its first use. Any other one has them mounted: a
second machine that quietly made its own would write what the first cannot read.
"""

import base64
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from .provider import KEY_BYTES, KeyNotMounted

DEFAULT_HASH = "sha256"
FILES = ("master.json", "digest.key")


class KeysMissing(ImproperlyConfigured):
    """The keys folder is not mounted, or the keys of a new installation were never made."""


@dataclass(frozen=True)
class MasterKeys:
    current: str
    keys: dict[str, bytes]

    def key(self, key_id: str) -> bytes:
        """Raises KeyNotMounted."""
        try:
            return self.keys[key_id]
        except KeyError as error:
            raise KeyNotMounted(f"master key {key_id!r} is not mounted") from error


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


@dataclass(frozen=True)
class DigestKey:
    """`hash_name` is sha256 or sm3."""

    hash_name: str
    key: bytes


def make(folder: Path, *, hash_name: str = DEFAULT_HASH) -> None:
    """Write fresh keys where there are none."""
    first = base64.b64encode(os.urandom(KEY_BYTES)).decode()
    _create(folder / "master.json", json.dumps({"current": "k1", "keys": {"k1": first}}))
    prefix = "" if hash_name == DEFAULT_HASH else f"{hash_name}:"
    _create(folder / "digest.key", prefix + base64.b64encode(os.urandom(KEY_BYTES)).decode())


@lru_cache(maxsize=4)
def _place(folder: Path, name: str) -> Path:
    """Kept, because keys are asked for with every sealed word."""
    return folder / name


def _stamp(path: Path) -> tuple[int, int]:
    """Changes when the file does: keys that are rotated are noticed by running processes."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        if not settings.MAKES_OWN_KEYS:
            raise KeysMissing(
                f"{path} 不存在：请挂载密钥目录，新安装请运行 manage.py make_keys / is missing: "
                "mount the keys folder, or run manage.py make_keys for a new installation"
            ) from None
        make(path.parent)
        found = path.stat()
    return found.st_mtime_ns, found.st_ino


@lru_cache(maxsize=4)
def _read_master(path: Path, _stamp: tuple[int, int]) -> MasterKeys:
    stored = json.loads(path.read_text())
    keys = {name: base64.b64decode(value) for name, value in stored["keys"].items()}
    return MasterKeys(stored["current"], keys)


@lru_cache(maxsize=4)
def _read_digest_key(path: Path, _stamp: tuple[int, int]) -> DigestKey:
    hash_name, _colon, key = path.read_text().rpartition(":")
    return DigestKey(hash_name or DEFAULT_HASH, base64.b64decode(key))


def master_keys() -> MasterKeys:
    path = _place(settings.KEYS_DIR, "master.json")
    return _read_master(path, _stamp(path))


def look_up_key() -> DigestKey:
    path = _place(settings.KEYS_DIR, "digest.key")
    return _read_digest_key(path, _stamp(path))


def digest_key() -> bytes:
    return look_up_key().key
