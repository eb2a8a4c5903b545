"""Short texts under the master key: columns that are not part of one order."""

import base64

from . import provider
from .keys import master_keys


def encrypt_text(plain: str, context: str) -> str:
    """Return a base64 token; `context` names the place (for example "notice.body")."""
    keys = master_keys()
    token = provider.seal(keys.current, keys.key(keys.current), plain.encode(), context)
    return base64.b64encode(token).decode()


def decrypt_text(token: str, context: str) -> str:
    """Open a token of `encrypt_text`; raises DecryptionFailed."""
    raw = base64.b64decode(token)
    return provider.unseal(master_keys().key(provider.key_id_of(raw)), raw, context).decode()
