"""Consent taken back, or an identity refused: what stops, what goes, what the law wants kept."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.actors import SYSTEM
from beian.models import Notice, StaffNotice
from orders import workflow
from orders.actions import truthfulness_review
from orders.actions.truthfulness import book_meeting, withdraw_consent
from orders.enums import HandoverState, OrderState, Withdrawal
from orders.meeting_times import offered_times
from orders.models import BureauRecord, FilingOrder
from orders.truthfulness import standings_of
from orders.truthfulness_results import results_of
from orders.workflow import Refused
from tests.builders import client_of
from tests.fake_face import photographed, recognise_everybody
from tests.life import Life
from verification.actions.face_photos import PhotoGone, read_photo
from verification.actions.truthfulness import open_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def withdraw() -> Withdrawal:
    return withdraw_consent(TruthfulnessCheck.objects.get(), source_address=None)


def notices() -> set[str]:
    return {row.template for row in Notice.objects.filter(channel="portal")}


def told_staff() -> list[str]:
    rows = StaffNotice.objects.filter(event_key__contains="withdrawn")
    return [row.audience for row in rows]


def test_order_whose_person_withdrew_after_the_review_is_not_handed_over(life):
    life.submit()
    life.pass_review()

    assert withdraw() is Withdrawal.ERASED

    with pytest.raises(Refused) as refused:
        life.hand_over()
    assert "撤回同意" in refused.value.reason
    assert refused.value.reason.endswith("请退回申请人重新核验。")
    assert told_staff() == ["submitters"]
    assert FacePhoto.objects.get().is_erased


def test_withdrawal_while_the_records_queue_takes_them_back(life):
    life.submit()
    life.pass_review()
    life.hand_over()

    assert withdraw() is Withdrawal.ERASED

    life.send()
    assert BureauRecord.objects.get().state == HandoverState.CANCELLED
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    with pytest.raises(Refused):
        life.hand_over()


def test_withdrawal_during_the_review_is_told_to_reviewers(life):
    life.submit()
    life.take()

    withdraw()

    assert told_staff() == ["reviewers"]


@pytest.mark.parametrize("is_queued", [False, True])
def test_identity_refused_before_the_hand_over_stops_it(life, is_queued):
    life.submit()
    life.pass_review()
    if is_queued:
        life.hand_over()

    ids = {"order_id": life.order_id, "check_id": TruthfulnessCheck.objects.get().pk}
    truthfulness_review.refuse(life.reviewer.actor, **ids, note="照片与证件不是同一人")

    life.send()
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION
    with pytest.raises(Refused) as refused:
        life.hand_over()
    assert "审核员要求重新核验" in refused.value.reason


def returned(life: Life) -> FilingOrder:
    """Back from the ministry because nobody entered the codes."""
    life.submit()
    life.pass_review()
    life.hand_over()
    life.send()
    return workflow.apply(life.order_id, "time_out_sms", SYSTEM)


def test_order_returned_by_the_ministry_does_not_go_straight_back_without_a_check(life):
    returned(life)
    withdraw()

    with pytest.raises(Refused) as refused:
        life.act("resubmit_unchanged")
    assert refused.value.code == "truthfulness_settled"
    assert refused.value.reason.endswith("请由本人重新核验，再重新提交初审。")

    recognise_everybody(life.order)
    life.submit("submit_again")
    assert life.order.state == OrderState.INITIAL_REVIEW


def test_returned_order_with_its_check_goes_straight_back(life):
    returned(life)

    life.act("resubmit_unchanged")

    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION


@pytest.mark.parametrize("state", ["sms_verification", "bureau_review", "filed"])
def test_photo_the_bureau_relies_on_is_sealed_and_not_destroyed(life, bureau, state):
    if state == "sms_verification":
        life.submit()
        life.pass_review()
        life.hand_over()
        life.send()
    else:
        life.to_bureau_review()
    if state == "filed":
        bureau.decide("granted")
        life.collect()
    assert life.order.state == state

    assert withdraw() is Withdrawal.RESTRICTED

    photo = FacePhoto.objects.get()
    assert (photo.is_erased, photo.is_viewable) == (False, False)
    with pytest.raises(PhotoGone):
        read_photo(photo)
    assert life.order.state == state
    assert "truthfulness_restricted" in notices()
    assert "truthfulness_withdrawn" not in notices()
    assert told_staff() == []
    (result,) = results_of(life.order.submission)
    assert "已封存" in result.outcome


def test_photo_on_its_way_to_the_bureau_is_sealed(life, bureau):
    life.submit()
    life.pass_review()
    life.hand_over()
    bureau.faults = ["lost_after"]
    life.send()
    assert life.order.state == OrderState.PENDING_BUREAU_SUBMISSION

    assert withdraw() is Withdrawal.RESTRICTED


def test_sealed_photo_is_not_shown_at_the_desk(life):
    life.to_bureau_review()
    photo = FacePhoto.objects.get()
    client = client_of(life.reviewer.user)
    picture = reverse("orders:desk-face", args=[life.order_id, photo.pk])
    evidence = reverse("orders:case", args=[life.order_id]) + f"?view=evidence&face={photo.pk}"
    assert client.get(picture).status_code == 200
    assert picture in client.get(evidence).text

    withdraw()

    assert client.get(picture).status_code == 404
    page = client.get(evidence).text
    assert picture not in page
    assert "已封存" in page


def test_withdrawn_consent_takes_the_photos_of_earlier_rounds_too(life):
    life.submit()
    life.take()
    ids = {"order_id": life.order_id, "check_id": TruthfulnessCheck.objects.get().pk}
    truthfulness_review.refuse(life.reviewer.actor, **ids, note="照片不清楚")
    life.comment()
    life.act("reject", life.reviewer)
    recognise_everybody(life.order)
    assert FacePhoto.objects.filter(erased_at=None).count() == 2

    current = TruthfulnessCheck.objects.current().get()
    withdraw_consent(current, source_address=None)

    assert not FacePhoto.objects.filter(erased_at=None).exists()


@pytest.fixture
def unphotographed(bureau) -> Life:
    """A life whose service principal booked a meeting."""
    life = Life(bureau, is_recognised=False)
    check = open_check(life.order_id, standings_of(life.order)[0].person)
    book_meeting(life.applicant.actor, check, preferred=[offered_times()[0][0]])
    return life


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_withdrawn_photo_leaves_the_meeting_standing(unphotographed, is_confirmed):
    life = unphotographed
    life.submit()
    life.take()
    ids = {"order_id": life.order_id, "check_id": TruthfulnessCheck.objects.get().pk}
    if is_confirmed:
        truthfulness_review.confirm(life.reviewer.actor, **ids, note="核对原件")

    assert withdraw() is Withdrawal.MEETING_GOES_ON

    check = TruthfulnessCheck.objects.of(life.order_id).get()
    assert (check.closed_at, check.counts, check.method) == (None, True, "meeting")
    assert notices() >= {"face_consent_withdrawn"}
    assert "truthfulness_withdrawn" not in notices()
    assert told_staff() == []
    if not is_confirmed:
        at = clock.now() + timedelta(days=1)
        truthfulness_review.schedule(life.reviewer.actor, **ids, at=at)


def test_photo_taken_beside_a_booked_meeting_goes_and_the_meeting_stays(unphotographed):
    photographed(unphotographed.order)

    assert withdraw() is Withdrawal.MEETING_GOES_ON

    assert FacePhoto.objects.get().is_erased
    assert TruthfulnessCheck.objects.of(unphotographed.order_id).current().get().counts
