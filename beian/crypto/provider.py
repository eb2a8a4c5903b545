"""The cipher suite behind a small seam, so that SM4/SM3 can stand in for AES/SHA-256.

Every token names its algorithm and key, which makes rotation a background job.
"""

import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class DecryptionFailed(Exception):
    """The token is damaged, was moved to another place, or its key is gone."""


class CipherSuite(Protocol):
    @property
    def code(self) -> bytes: ...

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes: ...

    def decrypt(self, key: bytes, token: bytes, context: bytes) -> bytes: ...


@dataclass(frozen=True)
class AesGcm:
    """AES-256-GCM; `context` binds a ciphertext to its place."""

    code: bytes = b"A"

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(key).encrypt(nonce, plain, context)

    def decrypt(self, key: bytes, token: bytes, context: bytes) -> bytes:
        try:
            return AESGCM(key).decrypt(token[:NONCE_BYTES], token[NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:
            raise DecryptionFailed("the ciphertext does not fit its key or place") from error


SUITES: dict[bytes, CipherSuite] = {AesGcm.code: AesGcm()}
CURRENT_SUITE = SUITES[AesGcm.code]


def seal(key_id: str, key: bytes, plain: bytes, context: str) -> bytes:
    """Return `suite | length of key id | key id | nonce | ciphertext`."""
    name = key_id.encode()
    body = CURRENT_SUITE.encrypt(key, plain, context.encode())
    return CURRENT_SUITE.code + bytes([len(name)]) + name + body


def key_id_of(token: bytes) -> str:
    return token[2 : 2 + token[1]].decode()


def unseal(key: bytes, token: bytes, context: str) -> bytes:
    """Open a token of `seal`; raises DecryptionFailed."""
    suite = SUITES.get(token[:1])
    if suite is None:
        raise DecryptionFailed(f"unknown cipher suite {token[:1]!r}")
    return suite.decrypt(key, token[2 + token[1] :], context.encode())
