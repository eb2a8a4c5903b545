"""Whether the mounted keys are those of a backup, by fingerprints that tell nothing about a key.

Ids do not tell: the first key of every installation is called k1.
"""

import hashlib
import hmac

from django.conf import settings

from beian.crypto.keys import FILES, digest_key, master_keys

from .manifest import Manifest
from .problems import BackupFailed

_MESSAGE = b"beian: which key is this"
_SHOWN = 16


def master_fingerprints() -> dict[str, str]:
    """By id of the key. Raises BackupFailed rather than make keys."""
    _refuse_missing_files()
    return {name: _fingerprint(key) for name, key in sorted(master_keys().keys.items())}


def digest_fingerprint() -> str:
    """Of the key of look-up digests. Raises BackupFailed rather than make one."""
    _refuse_missing_files()
    return _fingerprint(digest_key())


def refuse_other_keys(manifest: Manifest) -> None:
    """Raises BackupFailed unless every key that the backup needs is mounted."""
    try:
        mounted, digests = master_fingerprints(), digest_fingerprint()
    except (OSError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise BackupFailed(
            f"无法读取 {settings.KEYS_DIR} 中的密钥 / the keys cannot be read: "
            f"{type(error).__name__}"
        ) from error
    missing = sorted(set(manifest.master_keys) - set(mounted))
    if missing:
        raise BackupFailed(
            f"缺少主密钥 {', '.join(missing)} / master keys are missing; put them back into "
            "master.json first (retired ones are in retired.json)"
        )
    # Backups of earlier releases have ids only.
    other = [name for name, told in manifest.master_keys.items() if told not in ("", mounted[name])]
    if manifest.digest_key not in ("", digests):
        other.append("digest.key")
    if other:
        raise BackupFailed(
            f"密钥与备份不符：{', '.join(other)} / not the keys of this backup: mount those of the "
            "installation it was made from"
        )


def _fingerprint(key: bytes) -> str:
    return hmac.new(key, _MESSAGE, hashlib.sha256).hexdigest()[:_SHOWN]


def _refuse_missing_files() -> None:
    """Asked first, because an embedded installation would make fresh keys where there are none."""
    missing = [name for name in FILES if not (settings.KEYS_DIR / name).is_file()]
    if missing:
        raise BackupFailed(
            f"{settings.KEYS_DIR} 中缺少 {', '.join(missing)}，请先挂载原有的密钥目录 / missing: "
            "mount the keys of the installation first"
        )
