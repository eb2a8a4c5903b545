"""The cipher suites: AES-256-GCM, or SM4-GCM where national cryptography is asked for.

Every token names its suite and key: an installation may change either and reads on what it wrote
before.
"""

import os
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

NONCE_BYTES = 12
KEY_BYTES = 32
SM4_KEY_BYTES = TAG_BYTES = 16


class DecryptionFailed(Exception):
    """The token is damaged, was moved to another place, or its key is gone."""


class KeyNotMounted(DecryptionFailed):
    """The token names a master key that is not there now: it opens once the key is."""


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


@dataclass(frozen=True)
class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) under a key of its own, drawn from ours by HKDF with SM3."""

    code: bytes = b"S"

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        cipher = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce)).encryptor()
        cipher.authenticate_additional_data(context)
        return nonce + cipher.update(plain) + cipher.finalize() + cipher.tag

    def decrypt(self, key: bytes, token: bytes, context: bytes) -> bytes:
        nonce, body, tag = token[:NONCE_BYTES], token[NONCE_BYTES:-TAG_BYTES], token[-TAG_BYTES:]
        try:
            cipher = Cipher(algorithms.SM4(_sm4_key(key)), modes.GCM(nonce, tag)).decryptor()
            cipher.authenticate_additional_data(context)
            return cipher.update(body) + cipher.finalize()
        except (InvalidTag, ValueError) as error:
            raise DecryptionFailed("the ciphertext does not fit its key or place") from error


def _sm4_key(key: bytes) -> bytes:
    return HKDF(hashes.SM3(), SM4_KEY_BYTES, salt=None, info=b"sm4-gcm").derive(key)


# By the name in BEIAN_CIPHER_SUITE.
CHOICES: dict[str, CipherSuite] = {"aes-256-gcm": AesGcm(), "sm4-gcm": Sm4Gcm()}
SUITES = {suite.code: suite for suite in CHOICES.values()}


def current_suite() -> CipherSuite:
    """What new tokens are made with."""
    return CHOICES[settings.CIPHER_SUITE]


def is_current(token: bytes, key_id: str) -> bool:
    """Whether a token was made with the key and the suite of today."""
    return token[:1] == current_suite().code and key_id_of(token) == key_id


def seal(key_id: str, key: bytes, plain: bytes, context: str) -> bytes:
    """Return `suite | length of key id | key id | nonce | ciphertext`."""
    name = key_id.encode()
    suite = current_suite()
    body = suite.encrypt(key, plain, context.encode())
    return suite.code + bytes([len(name)]) + name + body


def key_id_of(token: bytes) -> str:
    return token[2 : 2 + token[1]].decode()


def unseal(key: bytes, token: bytes, context: str) -> bytes:
    """Open a token of `seal`; raises DecryptionFailed."""
    suite = SUITES.get(token[:1])
    if suite is None:
        raise DecryptionFailed(f"unknown cipher suite {token[:1]!r}")
    return suite.decrypt(key, token[2 + token[1] :], context.encode())
