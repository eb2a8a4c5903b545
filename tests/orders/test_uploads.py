"""Large pictures: kept if small enough, else refused beside their field, never just dropped."""

from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.actions.pictures import save_uploads
from orders.workflow import Stale
from tests.builders import client_of, make_applicant
from tests.orders.ready_order import started_order
from tests.orders.test_wizard_pages import send, stored
from tests.verification.pictures import drawn, encoded
from verification.actions.documents import read_document
from verification.models import Document

pytestmark = pytest.mark.django_db

MEBIBYTE = 1024 * 1024


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def client(applicant):
    return client_of(applicant.user)


def photo(megabytes: int, *, width: int = 640) -> SimpleUploadedFile:
    """A sound JPEG with bytes behind its end, as cameras add them."""
    content = encoded(drawn(width)).ljust(megabytes * MEBIBYTE, b"\0")
    return SimpleUploadedFile(f"photo-{width}.jpg", content, content_type="image/jpeg")


def errors_of(page) -> dict[str, list[str]]:
    return dict(page.context["form"].errors)


def test_two_large_pictures_of_one_page_are_both_stored(applicant, client):
    order = started_order(applicant)

    send(
        client,
        order,
        "materials",
        subject_doc_image=photo(6),
        principal_id_front=photo(6, width=700),
    )

    assert sorted(stored(order).materials) == ["principal_id_front", "subject_doc_image"]
    assert all(read_document(document) for document in Document.objects.all())
    assert Document.objects.count() == 2


def test_picture_over_the_limit_is_refused_beside_its_field_and_the_old_one_stays(
    applicant, client
):
    order = started_order(applicant)
    send(client, order, "materials", subject_doc_image=photo(1))
    old = Document.objects.get()
    order.refresh_from_db()

    page = send(
        client, order, "materials", subject_doc_image=photo(12), principal_id_front=photo(1)
    )

    sentence = "营业执照超过 10 MB，请压缩或重新拍照后上传"
    assert errors_of(page)["subject_doc_image"] == [sentence]
    assert page.content.decode().count(sentence) >= 1
    assert stored(order).materials["subject_doc_image"] == [str(old.pk)]
    assert read_document(old)
    assert len(stored(order).materials["principal_id_front"]) == 1


def test_pictures_too_large_together_are_named_and_the_others_kept(
    applicant, client, change_setting
):
    change_setting("upload.request_megabytes", 5)
    order = started_order(applicant)

    page = send(
        client,
        order,
        "materials",
        subject_doc_image=photo(4),
        principal_id_front=photo(4, width=700),
    )

    assert list(stored(order).materials) == ["subject_doc_image"]
    assert errors_of(page)["principal_id_front"] == [
        "这次提交的图片加起来太大，主体负责人证件正面没有保存，请再上传一次这张图片"
    ]


def test_more_files_than_any_page_has_are_refused_with_a_reason(applicant, client):
    order = started_order(applicant)

    page = send(client, order, "materials", **{f"file{n}": photo(0) for n in range(31)})

    assert page.status_code == 400
    assert "这次提交的内容或图片太多" in page.content.decode()
    assert Document.objects.count() == 0


def files() -> list[Path]:
    return [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.fixture
def empty_folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.mark.usefixtures("empty_folder")
def test_picture_of_a_page_that_is_refused_is_not_kept(applicant):
    order = started_order(applicant)

    with pytest.raises(Stale):
        save_uploads(
            applicant.actor,
            order,
            version=order.version + 1,
            uploads={"subject_doc_image": photo(0)},
        )

    assert not Document.objects.exists()
    assert files() == []


@pytest.mark.usefixtures("empty_folder")
def test_picture_that_was_there_before_outlives_a_refused_page(applicant, client):
    order = started_order(applicant)
    send(client, order, "materials", subject_doc_image=photo(0))
    order.refresh_from_db()

    with pytest.raises(Stale):
        save_uploads(
            applicant.actor,
            order,
            version=order.version + 1,
            uploads={"subject_doc_image": photo(0)},
        )

    assert stored(order).materials == {"subject_doc_image": [str(Document.objects.get().pk)]}
    assert read_document(Document.objects.get())


@pytest.mark.usefixtures("empty_folder")
def test_picture_that_loses_against_a_colleagues_is_not_kept(applicant):
    order = started_order(applicant)
    version = order.version
    save = partial(save_uploads, applicant.actor, order, version=version)
    save(uploads={"subject_doc_image": photo(0)})

    saved, _refused = save(uploads={"subject_doc_image": photo(0, width=700)})

    assert [conflict.path for conflict in saved.conflicts] == ["materials.subject_doc_image"]
    assert stored(order).materials == {"subject_doc_image": [str(Document.objects.get().pk)]}
