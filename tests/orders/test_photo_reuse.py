"""Whether a verification photo served an earlier order, told from what was stored of it."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from orders.apply.summary import Summary
from orders.assessment import assess
from orders.facts import facts_of
from orders.models import FilingOrder
from orders.register_lookup import look_up
from rules.certificates.id_card import check_digit
from tests.builders import client_of, make_applicant
from tests.orders.ready_order import ready_personal_order
from tests.orders.test_wizard_walk import picture, send
from verification.actions.documents import freeze_documents
from verification.models import Document

pytestmark = pytest.mark.django_db

PHOTO, REUSED = "verification_photo", "verification_photo.reused"
IN_TIANJIN = {
    "subject.province": "12",
    "subject.contact_region": "1201",
    "subject.contact_address": "和平区样例路8号2幢501室",
    "subject.cert_address": "天津市和平区样例路8号2幢501室",
}


class Filer:
    """An account with one order of a natural person."""

    def __init__(self, number: int, **changes) -> None:
        applicant = make_applicant(phone=f"1380000010{number}", account_name=f"示例账号{number}")
        self.client = client_of(applicant.user)
        body = f"12010119900307{number:02}2"
        own = {**IN_TIANJIN, "subject.cert_number": body + check_digit(body)}
        self.pk = ready_personal_order(applicant, **{**own, **changes}).pk

    @property
    def order(self) -> FilingOrder:
        return FilingOrder.objects.get(pk=self.pk)

    def upload(self, photo: bytes):
        file = io.BytesIO(photo)
        file.name = "photo.png"
        return send(self.client, self.order, "materials", **{PHOTO: file})

    def submit(self, *, days_ago: int = 0) -> None:
        freeze_documents(self.pk, self.order.dossier.materials[PHOTO])
        at = clock.now() - timedelta(days=days_ago)
        Document.objects.filter(owner=self.pk, kind=PHOTO).update(frozen_at=at)

    @property
    def reused(self) -> bool | None:
        return facts_of(self.order).get(REUSED)

    @property
    def found(self) -> list[str]:
        return [each.about for each in assess(self.order).findings if each.rule == "12-13"]


@pytest.fixture
def photo() -> bytes:
    return picture().getvalue()


def test_photo_of_a_submitted_order_of_another_account_is_found_until_another_comes(photo):
    earlier, later = Filer(1), Filer(2)
    earlier.upload(photo)
    later.upload(photo)
    assert (later.reused, later.found) == (False, [])

    earlier.submit(days_ago=3)

    assert (later.reused, later.found) == (True, ["reused"])
    assert [need.key for need in assess(later.order).needs] == [PHOTO]
    assert "核验照片已用于以前的订单" in later.client.get(page_of(later)).text
    later.upload(picture().getvalue())
    assert (later.reused, later.found) == (False, [])


def page_of(filer: Filer) -> str:
    return reverse("orders:step", args=[filer.pk, "materials"])


def test_of_two_submitted_orders_only_the_later_one_hears_of_it(photo):
    earlier, later = Filer(1), Filer(2)
    for filer, days_ago in ((earlier, 3), (later, 2)):
        filer.upload(photo)
        filer.submit(days_ago=days_ago)

    assert (earlier.reused, later.reused) == (False, True)


def test_own_photo_of_an_earlier_round_does_not_count(photo):
    filer = Filer(1)
    filer.upload(photo)
    filer.submit(days_ago=3)

    assert filer.reused is False


def test_same_picture_as_another_paper_does_not_count(photo):
    earlier, later = Filer(1), Filer(2)
    earlier.upload(photo)
    earlier.submit(days_ago=3)
    Document.objects.filter(owner=earlier.pk, kind=PHOTO).update(kind="handheld_id_photo")
    later.upload(photo)

    assert later.reused is False


def test_photo_that_was_erased_since_still_counts(photo):
    earlier, later = Filer(1), Filer(2)
    earlier.upload(photo)
    earlier.submit(days_ago=3)
    Document.objects.filter(owner=earlier.pk).update(erased_at=clock.now())
    later.upload(photo)

    assert later.reused is True


def test_nothing_is_said_without_a_photo():
    assert Filer(1).reused is None


@pytest.mark.parametrize("earlier_count", [1, 3])
def test_photo_costs_no_read_of_its_own(photo, earlier_count, django_assert_num_queries):
    for number in range(earlier_count):
        filer = Filer(number)
        filer.upload(photo)
        filer.submit(days_ago=3)
    later = Filer(9)
    order = later.order
    without = order.dossier
    later.upload(photo)
    with_photo = later.order.dossier

    with django_assert_num_queries(1):
        look_up(order, without)
    with django_assert_num_queries(1):
        assert look_up(order, with_photo).photo_reused


def test_photo_can_be_uploaded_where_a_rule_looks_at_it_and_nobody_has_to():
    filer = Filer(1)
    assert f'name="{PHOTO}"' in filer.client.get(page_of(filer)).text
    assert assess(filer.order).needs == ()
    rows = {row.label: row for each in Summary(filer.order).sections() for row in each.rows}
    assert rows["现场核验照片"].value == "未上传（选填）"

    elsewhere = Filer(2, **{"subject.province": "33"})
    assert f'name="{PHOTO}"' not in elsewhere.client.get(page_of(elsewhere)).text
