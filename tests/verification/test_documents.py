"""Keeping, showing and removing uploaded pictures."""

import hashlib
import os
import uuid
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from beian.crypto import datakey
from beian.crypto.provider import DecryptionFailed
from beian.models import AuditEntry
from tests.builders import client_of, make_applicant
from tests.racing import race
from tests.verification.pictures import drawn, encoded, noise, opened, upload
from verification.actions.documents import (
    DocumentDamaged,
    PictureRefused,
    documents_of,
    drop_unkept,
    freeze_documents,
    keep_picture,
    picture_of,
    put_picture,
    read_document,
    remove_document,
    store_document,
)
from verification.actions.stray_files import remove_stray_files
from verification.document_store import name_of, write_file
from verification.models import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def applicant():
    return make_applicant()


def store(applicant, *, owner=None, kind="subject_doc_image", content=None, name="licence.jpg"):
    return store_document(
        applicant.actor,
        owner=owner or uuid.uuid4(),
        account=applicant.account,
        kind=kind,
        upload=upload(content, name),
    )


def path_of(stored_name: str) -> Path:
    return Path(settings.FILES_DIR, name_of(stored_name))


def stored_files() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


def test_upload_is_kept_encrypted_under_the_orders_key(applicant):
    document = store(applicant, name="林示例 营业执照.jpg")

    content = read_document(document)
    [path] = stored_files()
    assert path == path_of(document.stored_name)
    assert opened(content).size == (document.width, document.height) == (640, 420)
    assert hashlib.sha256(content).hexdigest() == document.sha256
    assert len(content) == document.byte_count
    assert content[20:200] not in path.read_bytes()
    assert "林示例" not in str(path)


def test_file_is_readable_by_the_programs_user_only(applicant):
    store(applicant)

    [path] = stored_files()
    assert path.stat().st_mode & 0o777 == 0o600


def test_same_picture_for_the_same_purpose_is_recognised(applicant):
    owner = uuid.uuid4()

    first = store(applicant, owner=owner)
    again = store(applicant, owner=owner, name="copy.jpg")

    assert (again.pk, documents_of(owner).count(), len(stored_files())) == (first.pk, 1, 1)


def test_same_picture_for_another_purpose_is_another_document(applicant):
    owner = uuid.uuid4()

    store(applicant, owner=owner, kind="principal_id_front")
    store(applicant, owner=owner, kind="service_principal_id_front")

    assert documents_of(owner).count() == 2


def test_refused_upload_leaves_nothing(applicant):
    with pytest.raises(PictureRefused):
        store(applicant, content=b"<svg></svg>")

    assert (Document.objects.count(), stored_files()) == (0, [])


def test_long_file_name_is_shortened(applicant):
    assert len(store(applicant, name=f"{'a' * 300}.jpg").name) == 80


def test_two_orders_do_not_share_a_key(applicant):
    document = store(applicant)

    document.owner = store(applicant, kind="other").owner

    with pytest.raises(DecryptionFailed):
        read_document(document)


def test_destroying_the_key_erases_the_picture(applicant):
    document = store(applicant)

    datakey.destroy(document.owner)

    with pytest.raises(DecryptionFailed):
        read_document(document)


def test_damaged_file_is_noticed(applicant):
    document = store(applicant)
    path = path_of(document.stored_name)
    sealed = path.read_bytes()
    path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))

    with pytest.raises(DecryptionFailed):
        read_document(document)


def test_file_of_another_document_is_noticed(applicant):
    owner = uuid.uuid4()
    document = store(applicant, owner=owner)
    other = store(applicant, owner=owner, content=encoded(noise(400, 400)))

    document.stored_name = other.stored_name

    with pytest.raises(DecryptionFailed):
        read_document(document)


def test_missing_file_is_noticed(applicant):
    document = store(applicant)
    path_of(document.stored_name).unlink()

    with pytest.raises(DocumentDamaged):
        read_document(document)


def test_removing_deletes_row_and_file(applicant, django_capture_on_commit_callbacks):
    document = store(applicant)

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_document(applicant.actor, document) is True

    assert (Document.objects.count(), stored_files()) == (0, [])


def test_document_of_a_submission_is_kept(applicant, django_capture_on_commit_callbacks):
    document = store(applicant)

    hashes = freeze_documents(document.owner, [str(document.pk)])
    with django_capture_on_commit_callbacks(execute=True):
        removed = remove_document(applicant.actor, document)

    assert hashes == {str(document.pk): document.sha256}
    assert (removed, Document.objects.count(), len(stored_files())) == (False, 1, 1)


def test_freezing_ignores_documents_of_other_orders(applicant):
    document = store(applicant)

    assert freeze_documents(uuid.uuid4(), [document.pk]) == {}
    document.refresh_from_db()
    assert document.is_frozen is False


def test_owner_sees_the_picture_and_it_is_audited(applicant):
    document = store(applicant)

    response = client_of(applicant.user).get(reverse("verification:document", args=[document.pk]))

    entry = AuditEntry.objects.get(action="view_document")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert opened(response.content).size == (640, 420)
    assert (entry.object_id, entry.actor_user_id) == (str(document.pk), applicant.user.pk)


def test_picture_is_kept_by_nobody_and_cannot_run_anything(applicant):
    document = store(applicant)

    response = client_of(applicant.user).get(reverse("verification:document", args=[document.pk]))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == f'inline; filename="{document.pk}.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_other_account_gets_the_answer_of_a_picture_that_does_not_exist(applicant):
    document = store(applicant)
    stranger = make_applicant(phone="13800000035", account_name="另一家示例公司")
    client = client_of(stranger.user)

    theirs = client.get(reverse("verification:document", args=[document.pk]))
    nothing = client.get(reverse("verification:document", args=[uuid.uuid4()]))

    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert AuditEntry.objects.filter(action="view_document").count() == 0


def test_anonymous_is_led_to_sign_in(applicant, client):
    document = store(applicant)

    response = client.get(reverse("verification:document", args=[document.pk]))

    assert response.status_code == 302


def test_erased_picture_is_not_found(applicant):
    document = store(applicant)
    datakey.destroy(document.owner)

    response = client_of(applicant.user).get(reverse("verification:document", args=[document.pk]))

    assert response.status_code == 404


def test_picture_keeps_the_upright_size_of_the_stored_file(applicant):
    document = store(applicant, content=encoded(drawn(500, 700)))

    assert (document.width, document.height) == (500, 700)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_picture_uploaded_twice_at_once_is_one_document(applicant):
    owner = uuid.uuid4()

    answers = race([partial(store, applicant, owner=owner)] * 8, threads=8)

    assert {answer.pk for answer in answers} == {documents_of(owner).get().pk}
    assert len(stored_files()) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_document_is_either_frozen_or_removed(applicant):
    for number in range(5):
        document = store(applicant, content=encoded(drawn(400 + number, 400)))
        freeze = partial(freeze_documents, document.owner, [document.pk])
        remove = partial(remove_document, applicant.actor, document)

        hashes, is_removed = race([freeze, remove])

        rows = documents_of(document.owner)
        assert (len(hashes), rows.count()) == ((0, 0) if is_removed else (1, 1))
        assert path_of(document.stored_name).exists() is not is_removed


def test_sweep_removes_old_files_without_a_row_and_nothing_else(applicant):
    kept, young, stray = store(applicant), uuid.uuid4().hex, uuid.uuid4().hex
    for name in (young, stray):
        write_file(name, b"sealed")
    half_written = path_of(kept.stored_name).with_suffix(".part")
    half_written.write_bytes(b"sea")
    for path in (path_of(kept.stored_name), path_of(stray), half_written):
        os.utime(path, (0, 0))

    assert remove_stray_files() == 2

    assert sorted(stored_files()) == sorted([path_of(kept.stored_name), path_of(young)])


def test_sweep_copes_with_a_folder_that_is_not_there_yet():
    assert remove_stray_files() == 0


def test_file_of_a_rolled_back_upload_is_dropped_and_a_kept_one_stays(applicant):
    known, owner = store(applicant), uuid.uuid4()
    put = put_picture(owner, picture_of(upload()))
    assert len(stored_files()) == 2
    with transaction.atomic():
        keep_picture(
            applicant.actor, owner=owner, account=applicant.account, kind="x", name="", put=put
        )
        transaction.set_rollback(True)

    drop_unkept([put])

    assert stored_files() == [path_of(known.stored_name)]
