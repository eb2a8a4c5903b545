"""National cryptography can be chosen, and chosen later: what was written before stays readable."""

import base64
import uuid
from io import StringIO

import pytest
from django.core.management import call_command

from beian.crypto import datakey, provider
from beian.crypto.digests import digest
from beian.crypto.text import decrypt_text, encrypt_text
from tests.beian.test_rotation import key_ids, rotate
from tests.builders import make_applicant, make_order
from tests.migrations.content import content

pytestmark = pytest.mark.django_db
KEY = bytes(range(32))


@pytest.fixture(autouse=True)
def keys_dir(settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "keys"
    settings.FILES_DIR = tmp_path / "files"
    return settings.KEYS_DIR


def suite_of(text: str) -> bytes:
    return base64.b64decode(text)[:1]


@pytest.mark.parametrize("suite", provider.CHOICES.values(), ids=provider.CHOICES.keys())
@pytest.mark.parametrize("plain", [b"", "示例科技".encode(), bytes(70_000)])
def test_each_suite_reads_what_it_wrote_and_only_in_its_place(suite, plain):
    token = suite.encrypt(KEY, plain, b"here")

    assert suite.decrypt(KEY, token, b"here") == plain
    assert token != suite.encrypt(KEY, plain, b"here")
    for key, wrong, place in (
        (KEY[::-1], token, b"here"),
        (KEY, token, b"there"),
        (KEY, token[:-1] + bytes([token[-1] ^ 1]), b"here"),
        (KEY, token[:20], b"here"),
        (KEY, b"", b"here"),
    ):
        with pytest.raises(provider.DecryptionFailed):
            suite.decrypt(key, wrong, place)


def test_sm4_gcm_is_that_of_rfc_8998(monkeypatch):
    """The sample of appendix A.1."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    nonce = bytes.fromhex("00001234567800000000abcd")
    plain = b"".join(bytes([one]) * 8 for one in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    monkeypatch.setattr(provider, "_sm4_key", lambda given: given)
    monkeypatch.setattr(provider.os, "urandom", lambda _count: nonce)

    token = provider.Sm4Gcm().encrypt(
        key, plain, bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    )

    assert token[12:].hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )


def test_other_suite_with_live_data_leaves_nothing_unreadable(settings):
    make_order(make_applicant(), state="initial_review", bureau_opinion="请补充材料")
    owner = uuid.uuid4()
    sealed = datakey.seal(owner, b"a picture", "document")
    old, before = encrypt_text("林示例", "place"), content()
    assert suite_of(old) == b"A"

    settings.CIPHER_SUITE = "sm4-gcm"

    assert (decrypt_text(old, "place"), content()) == ("林示例", before)
    assert suite_of(encrypt_text("林示例", "place")) == b"S"
    rotate()
    assert key_ids() == {"k2"}
    rotate("--retire")
    assert content() == before
    assert datakey.unseal(owner, sealed, "document") == b"a picture"
    settings.CIPHER_SUITE = "aes-256-gcm"
    assert content() == before


def test_hash_of_look_ups_is_chosen_with_the_keys(keys_dir):
    call_command("make_keys", "--hash", "sm3", stdout=StringIO())
    assert (keys_dir / "digest.key").read_text().startswith("sm3:")
    found = digest("phone", "+86 138 0000 0034")

    assert found == digest("phone", "13800000034")
    (keys_dir / "digest.key").write_text((keys_dir / "digest.key").read_text().removeprefix("sm3:"))
    assert len(found) == len(digest("phone", "13800000034")) == 64
    assert found != digest("phone", "13800000034")
