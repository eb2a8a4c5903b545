"""What lies in the database cannot be read without the keys beside it."""

import base64
import json
import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import connection

from beian.crypto import datakey, provider
from beian.crypto.digests import digest
from beian.crypto.text import decrypt_text, encrypt_text
from beian.models import User

pytestmark = pytest.mark.django_db


def test_text_is_read_back_where_it_was_written():
    token = encrypt_text("13800000034", "user.phone")

    assert decrypt_text(token, "user.phone") == "13800000034"
    assert "13800000034" not in token


def test_text_moved_to_another_place_is_refused():
    token = encrypt_text("13800000034", "user.phone")

    with pytest.raises(provider.DecryptionFailed):
        decrypt_text(token, "notice.body")


def test_equal_texts_give_different_tokens():
    assert encrypt_text("a", "here") != encrypt_text("a", "here")


def test_rotation_is_noticed_and_old_text_stays_readable(settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    old = encrypt_text("林示例", "place")
    file = tmp_path / "master.json"
    stored = json.loads(file.read_text())
    stored["keys"]["k2"] = stored["keys"]["k1"][::-1].replace("=", "A")[:43] + "="
    stored["current"] = "k2"
    file.write_text(json.dumps(stored))

    new = encrypt_text("林示例", "place")

    assert provider.key_id_of(base64.b64decode(new)) == "k2"
    assert decrypt_text(old, "place") == decrypt_text(new, "place") == "林示例"


def test_data_key_of_another_owner_opens_nothing():
    mine, other = uuid.uuid4(), uuid.uuid4()
    token = datakey.seal(mine, b"dossier", "dossier")
    datakey.seal(other, b"x", "dossier")

    with pytest.raises(provider.DecryptionFailed):
        datakey.unseal(other, token, "dossier")


def test_destroying_the_data_key_erases_what_it_sealed():
    owner = uuid.uuid4()
    token = datakey.seal(owner, b"dossier", "dossier")

    datakey.destroy(owner)

    with pytest.raises(provider.DecryptionFailed):
        datakey.unseal(owner, token, "dossier")


def test_phone_column_holds_no_digits_of_the_phone():
    user = User.objects.create_applicant(phone="13800000034")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, login FROM beian_user WHERE id = %s", [user.pk])
        row = cursor.fetchone()

    assert "13800000034" not in "".join(row)
    assert User.objects.get(pk=user.pk).phone == "13800000034"


def test_encrypted_column_cannot_be_filtered_on():
    with pytest.raises(FieldError, match="digest"):
        User.objects.filter(phone="13800000034").exists()


@pytest.mark.parametrize("typed", ["138 0000 0034", "１３８００００００３４", "+86 13800000034"])
def test_digest_of_a_phone_ignores_how_it_was_typed(typed):
    assert digest("phone", typed) == digest("phone", "13800000034")


def test_digests_of_different_kinds_differ():
    assert digest("phone", "13800000034") != digest("certificate", "13800000034")
