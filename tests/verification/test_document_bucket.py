"""The same pictures in S3-type storage, spoken to over real HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import boto3
import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.urls import reverse
from moto.server import ThreadedMotoServer

from tests.builders import client_of, make_applicant
from tests.life import make_ready_order
from tests.verification.pictures import drawn, encoded, upload
from verification.actions.documents import (
    DocumentDamaged,
    PictureRefused,
    documents_of,
    read_document,
    remove_document,
    store_document,
)
from verification.actions.stray_files import remove_stray_files
from verification.document_store import (
    StoreUnavailable,
    all_files,
    delete_file,
    name_of,
    read_file,
    write_file,
)
from verification.models import FacePhoto

pytestmark = [
    pytest.mark.django_db,
    # The client library's own use of the standard library.
    pytest.mark.filterwarnings("ignore:datetime.datetime.utcnow:DeprecationWarning"),
]
BUCKET = "pictures"
ACCESS = {"access_key": "sample-access", "secret_key": "sample-secret"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture(autouse=True)
def bucket(settings: Any, endpoint: str) -> Iterator[Any]:
    settings.S3 = {
        "bucket": BUCKET,
        "endpoint": endpoint,
        "region": "cn-east-1",
        "addressing_style": "path",
        **ACCESS,
    }
    backend = {"BACKEND": "verification.document_store.bucket.BucketStore"}
    settings.STORAGES = {**settings.STORAGES, "documents": backend}
    resource = boto3.resource(
        "s3",
        endpoint_url=endpoint,
        region_name="cn-east-1",
        aws_access_key_id=ACCESS["access_key"],
        aws_secret_access_key=ACCESS["secret_key"],
    )
    made = resource.Bucket(BUCKET)
    made.create(CreateBucketConfiguration={"LocationConstraint": "cn-east-1"})
    yield made
    made.objects.all().delete()
    made.delete()


def store(applicant: Any, owner: uuid.UUID, **changes: Any) -> Any:
    values = {"account": applicant.account, "kind": "subject_doc_image", "upload": upload()}
    return store_document(applicant.actor, owner=owner, **{**values, **changes})


def keys(bucket: Any) -> list[str]:
    return [found.key for found in bucket.objects.all()]


def test_picture_lies_encrypted_in_the_bucket_and_is_read_back(bucket):
    document = store(make_applicant(), uuid.uuid4())

    assert keys(bucket) == [name_of(document.stored_name)]
    lying = bucket.Object(name_of(document.stored_name)).get()["Body"].read()
    assert b"JFIF" not in lying
    assert read_document(document)[:3] == b"\xff\xd8\xff"


def test_bucket_is_made_once_and_left_alone_afterwards(settings, bucket, endpoint):
    settings.S3 = {**settings.S3, "bucket": "made-by-command"}
    settings.STORAGES = {**settings.STORAGES}

    for _time in range(2):
        call_command("make_bucket", stdout=StringIO())

    write_file(uuid.uuid4().hex, b"sealed")
    assert sum(1 for _file in all_files()) == 1


def test_same_picture_again_leaves_one_object(bucket):
    applicant, owner = make_applicant(), uuid.uuid4()

    assert store(applicant, owner).pk == store(applicant, owner).pk
    assert len(keys(bucket)) == 1


def test_owner_sees_the_picture_of_an_order(bucket):
    applicant = make_applicant()
    order = make_ready_order(applicant)
    document = documents_of(order.pk).first()

    answer = client_of(applicant.user).get(reverse("verification:document", args=[document.pk]))

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    faces = [key for key in keys(bucket) if key.startswith("faces/")]
    assert len(keys(bucket)) - len(faces) == documents_of(order.pk).count()
    assert len(faces) == FacePhoto.objects.count() == 1


def test_removed_document_takes_its_object_along(bucket, django_capture_on_commit_callbacks):
    applicant = make_applicant()
    document = store(applicant, uuid.uuid4())

    with django_capture_on_commit_callbacks(execute=True):
        assert remove_document(applicant.actor, document)

    assert keys(bucket) == []


def test_missing_object_is_a_damaged_document(bucket):
    document = store(make_applicant(), uuid.uuid4())
    delete_file(document.stored_name)

    with pytest.raises(FileNotFoundError):
        read_file(document.stored_name)
    with pytest.raises(DocumentDamaged, match="missing"):
        read_document(document)


def test_store_that_is_away_refuses_the_upload_with_words(settings, bucket):
    document = store(make_applicant(), uuid.uuid4())
    settings.S3 = {**settings.S3, "endpoint": "http://127.0.0.1:1"}
    settings.STORAGES = {**settings.STORAGES}

    with pytest.raises(PictureRefused) as refusal:
        store(make_applicant(phone="13800000035", account_name="示例二"), uuid.uuid4())
    assert "稍后" in str(refusal.value.reason)
    with pytest.raises(DocumentDamaged, match="does not answer"):
        read_document(document)
    with pytest.raises(StoreUnavailable) as error:
        list(all_files())
    assert "127.0.0.1" not in str(error.value)


def test_wrong_key_is_told_without_the_key(settings, bucket):
    settings.S3 = {**settings.S3, "bucket": "somebody-elses"}
    settings.STORAGES = {**settings.STORAGES}

    with pytest.raises(StoreUnavailable):
        write_file(uuid.uuid4().hex, b"sealed")


def test_sweep_removes_old_objects_without_a_row(bucket, monkeypatch):
    kept, stray = store(make_applicant(), uuid.uuid4()), uuid.uuid4().hex
    write_file(stray, b"sealed")
    assert remove_stray_files() == 0

    later = (datetime.now(UTC) + timedelta(hours=2)).timestamp()
    monkeypatch.setattr("verification.actions.stray_files.time.time", lambda: later)

    assert remove_stray_files() == 1
    assert keys(bucket) == [name_of(kept.stored_name)]


def test_more_objects_than_one_listing_holds_are_walked(bucket, monkeypatch):
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "2")
    for number in range(5):
        bucket.put_object(Key=f"aa/bb/{number:032x}.bin", Body=b"x")

    assert sum(1 for _file in all_files()) == 5


def test_other_pictures_of_one_order_are_apart(bucket):
    applicant, owner = make_applicant(), uuid.uuid4()
    first = store(applicant, owner)
    second = store(applicant, owner, upload=upload(encoded(drawn(330, 320))))

    assert len(keys(bucket)) == 2
    assert read_document(first) != read_document(second)
    assert storages["documents"].bucket_name == BUCKET
