"""How long faces are kept: each limit one second before and after."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from beian import clock
from beian.actors import SYSTEM
from beian.models import Notice
from orders import workflow
from orders.actions.face_retention import tidy_photos
from orders.actions.truthfulness import confirm_photo
from orders.enums import OrderState
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from orders.truthfulness_results import results_of
from tests.builders import MOBILE, make_applicant
from tests.fake_face import NOT_PERSON, ask_provider, photographed, recognise_everybody
from tests.life import make_ready_order
from tests.orders.ready_order import ready_order
from verification.actions import face_photos
from verification.actions.face_photos import erase_photos, read_photo
from verification.enums import FaceState
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def wait(monkeypatch):
    def move(**ahead: int) -> None:
        monkeypatch.setattr(clock, "_offset", lambda: timedelta(**ahead))

    return move


def stored() -> int:
    return FacePhoto.objects.filter(erased_at=None).count()


def unrecognised() -> FilingOrder:
    return make_ready_order(make_applicant(), is_recognised=False)


def test_photo_nobody_confirmed_goes_after_a_day(wait):
    photographed(unrecognised())
    ask_provider(NOT_PERSON)

    wait(hours=24, seconds=-5)
    assert (tidy_photos(), stored()) == (0, 1)
    wait(hours=24)
    assert (tidy_photos(), stored()) == (1, 0)


def test_photo_that_never_got_an_answer_goes_too_and_both_sides_are_told(wait):
    order = unrecognised()
    photographed(order)
    ask_provider(None)

    wait(hours=24)
    assert (tidy_photos(), stored()) == (1, 0)

    told = Notice.objects.filter(template="photo_lapsed").values_list("channel", "recipient")
    assert set(told) == {("portal", str(order.account_id)), ("sms", MOBILE)}
    assert order.events.filter(name="photo_lapsed").count() == 1
    assert tidy_photos() == 0


def test_confirmed_photo_that_was_never_submitted_goes_with_its_validity(wait):
    recognise_everybody(unrecognised())

    wait(days=30, seconds=-5)
    assert (tidy_photos(), stored()) == (0, 1)
    wait(days=30, seconds=5)
    assert (tidy_photos(), stored()) == (1, 0)


@pytest.mark.parametrize("name", ["abandon", "expire"])
def test_unfrozen_photo_goes_at_once_when_the_order_ends(name, django_capture_on_commit_callbacks):
    applicant = make_applicant()
    order = make_ready_order(applicant)
    actor = applicant.actor if name == "abandon" else SYSTEM

    with django_capture_on_commit_callbacks(execute=True):
        workflow.apply(order.pk, name, actor)

    assert stored() == 0
    assert TruthfulnessCheck.objects.get().closed_for == "order_closed"
    assert not list((django_settings.FILES_DIR / "faces").glob("**/*.bin"))


def _submitted_and_back(state: OrderState) -> FilingOrder:
    """Submitted once, so that the photo is evidence, and then led into `state`."""
    applicant = make_applicant()
    order = make_ready_order(applicant)
    workflow.apply(order.pk, "submit", applicant.actor)
    workflow.apply(order.pk, "withdraw", applicant.actor)
    if state == OrderState.ABANDONED:
        workflow.apply(order.pk, "abandon", applicant.actor)
    return FilingOrder.objects.get(pk=order.pk)


def test_evidence_of_an_abandoned_order_goes_thirty_days_later(wait):
    _submitted_and_back(OrderState.ABANDONED)

    assert stored() == 1
    wait(days=30, seconds=-5)
    assert (tidy_photos(), stored()) == (0, 1)
    wait(days=30, seconds=5)
    assert (tidy_photos(), stored()) == (1, 0)


def test_withdrawn_order_keeps_the_photo_of_its_submission(wait):
    _submitted_and_back(OrderState.DRAFT)

    wait(days=200)
    assert (tidy_photos(), stored()) == (0, 1)


def test_rejected_order_loses_the_photo_after_ninety_days(life, wait):
    life.submit()
    life.take()
    life.comment()
    life.act("reject", life.reviewer)

    wait(days=90, seconds=-5)
    assert (tidy_photos(), stored()) == (0, 1)
    wait(days=90, seconds=5)
    assert (tidy_photos(), stored()) == (1, 0)


def test_rejected_order_that_is_still_worked_on_keeps_what_was_confirmed_lately(life, wait):
    life.submit()
    life.take()
    life.comment()
    life.act("reject", life.reviewer)
    wait(days=70)
    recognise_everybody(life.order)
    first, second = FacePhoto.objects.all()

    wait(days=91)
    tidy_photos()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_erased, second.is_erased) == (True, False)
    assert standings_of(life.order)[0].counts
    # Ninety days after it was taken it is like any other of a rejected order.
    wait(days=161)
    assert (tidy_photos(), stored()) == (1, 0)


def test_result_in_force_outlives_a_short_limit_of_rejected_orders(life, wait, change_setting):
    change_setting("truthfulness.rejected_order_photo_days", 1)
    life.submit()
    life.take()
    life.comment()
    life.act("reject", life.reviewer)

    wait(days=2)
    assert (tidy_photos(), stored()) == (0, 1)
    wait(days=31)
    assert (tidy_photos(), stored()) == (1, 0)


def test_photo_that_is_confirmed_while_others_are_erased_stays(monkeypatch):
    first = photographed(unrecognised())
    ask_provider()
    second = photographed(
        make_ready_order(
            make_applicant(phone="13800000036", account_name="示例三六"),
            is_recognised=False,
            **{"subject.cert_number": "91330102MA0000002A"},
        )
    )
    ask_provider()
    destroy = face_photos.datakey.destroy

    def destroy_and_confirm(pk):
        confirm_photo(second.check_row)
        destroy(pk)

    monkeypatch.setattr(face_photos.datakey, "destroy", destroy_and_confirm)
    erased = erase_photos(FacePhoto.objects.exclude(state=FaceState.CONFIRMED))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (erased, first.is_erased, second.is_erased) == (1, True, False)
    assert read_photo(second)


def test_filed_order_keeps_its_evidence(life, bureau, wait):
    life.to_bureau_review()
    bureau.decide("granted")
    life.collect()

    wait(days=800)
    assert (tidy_photos(), stored()) == (0, 1)


def test_erased_photo_leaves_the_submission_intact(life, wait):
    life.submit()
    submission = life.order.submissions.get()
    assert results_of(submission)[0].is_settled
    erase_photos(FacePhoto.objects.all())
    assert submission.is_intact()
    assert not results_of(life.order.submissions.get())[0].is_settled


def test_many_faces_are_warned_of(change_setting, caplog):
    change_setting("truthfulness.faces_to_register", 2)
    ready_order()
    ready_order(
        make_applicant(phone="13800000036", account_name="示例三六"),
        **{"subject.cert_number": "91330102MA0000002A"},
    )
    with caplog.at_level("WARNING"):
        tidy_photos()

    assert "many faces stored" in caplog.text
