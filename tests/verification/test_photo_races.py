"""Two phones at one check: what waited for the other sees what the other did."""

import pytest
from django.db import transaction

from orders.actions.truthfulness import PERSON, confirm_photo
from orders.models import FilingOrder
from tests.builders import make_applicant, make_order
from tests.fake_face import ask_provider, photographed
from tests.life import prove_contacts
from tests.racing import held_up
from tests.verification import pictures
from verification.actions.face_check import take_photo
from verification.actions.truthfulness import CheckRefused
from verification.enums import DeviceClass, FaceState, LinkChannel
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order() -> FilingOrder:
    order = make_order(make_applicant())
    prove_contacts(order)
    return order


def another_photo(check: TruthfulnessCheck) -> FacePhoto:
    return take_photo(
        PERSON, check, pictures.upload(), channel=LinkChannel.QR, device=DeviceClass.PHONE
    )


def test_photo_that_waited_for_the_confirmation_of_another_does_not_take_its_place(order):
    check = photographed(order).check_row
    ask_provider()
    with transaction.atomic():
        confirm_photo(check)
        late = held_up(lambda: another_photo(check))

    with pytest.raises(CheckRefused, match="done"):
        late.result()
    photo = FacePhoto.objects.get()
    assert (photo.state, photo.erased_at) == (FaceState.CONFIRMED, None)


def test_confirmation_that_waited_for_a_newer_photo_confirms_nothing(order):
    older = photographed(order)
    check = older.check_row
    ask_provider()
    with transaction.atomic():
        another_photo(check)
        late = held_up(lambda: confirm_photo(check, shown=str(older.pk)))

    with pytest.raises(CheckRefused, match="other_photo"):
        late.result()
    assert not FacePhoto.objects.filter(state=FaceState.CONFIRMED).exists()
