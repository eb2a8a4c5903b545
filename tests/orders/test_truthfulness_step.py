"""The truthfulness step: guards, changes of persons, submissions, what the desk sees."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.enums import StaffRoleName
from beian.models import AuditEntry, Notice
from orders import workflow
from orders.actions import truthfulness_review
from orders.actions.draft import save_draft
from orders.actions.submit import submit_order
from orders.actions.truthfulness import (
    book_meeting,
    cancel_meeting,
    confirm_photo,
    withdraw_consent,
)
from orders.agreements import REQUIRED
from orders.enums import OrderState
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from orders.truthfulness_results import results_of
from orders.workflow import Refused
from tests.builders import (
    OTHER_ID_NUMBER,
    client_of,
    filled_dossier,
    make_applicant,
    make_order,
    make_staff,
    post,
)
from tests.checklist import tick_everything
from tests.fake_face import NOT_PERSON, ask_provider, photographed, recognise_everybody
from tests.life import make_ready_order, make_ready_personal_order, prove_contacts
from verification.actions.truthfulness import CheckRefused, open_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db
SAME = "services[0].principal.same_as_subject_principal"
STEP_QUERIES = 7
OTHER_PERSON = {
    SAME: False,
    "services[0].principal.full_name": "周示例",
    "services[0].principal.cert_type": "id_card",
    "services[0].principal.cert_number": OTHER_ID_NUMBER,
    "services[0].principal.valid_from": date(2020, 1, 1),
    "services[0].principal.valid_to": date(2040, 1, 1),
    "services[0].principal.mobile": "15900000006",
    "services[0].principal.emergency_phone": "13700000022",
    "services[0].principal.email": "zhou@example.com",
}


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def applicant():
    return make_applicant()


@pytest.fixture
def reviewer():
    return make_staff(StaffRoleName.REVIEWER)


def fresh(order) -> FilingOrder:
    return FilingOrder.objects.get(pk=order.pk)


def book(applicant, order) -> TruthfulnessCheck:
    check = open_check(order.pk, standings_of(fresh(order))[0].person)
    book_meeting(applicant.actor, check, preferred=[offered_times()[0][0]])
    return check


def submit(applicant, order) -> FilingOrder:
    return submit_order(
        applicant.actor, order.pk, version=fresh(order).version, agreed=list(REQUIRED)
    )


def refusal_of(applicant, order, name="submit") -> str:
    with pytest.raises(Refused) as refused:
        workflow.apply(order.pk, name, applicant.actor)
    return refused.value.code


def test_order_cannot_be_submitted_before_the_photo_is_confirmed(applicant):
    order = make_ready_order(applicant, is_recognised=False)

    assert refusal_of(applicant, order) == "truthfulness_done"
    photo = photographed(order)
    assert refusal_of(applicant, order) == "truthfulness_done"
    ask_provider()
    assert refusal_of(applicant, order) == "truthfulness_done"
    confirm_photo(photo.check_row)
    assert submit(applicant, order).state == OrderState.INITIAL_REVIEW


def test_every_distinct_service_principal_is_asked(applicant):
    order = make_ready_order(applicant, is_recognised=False, **OTHER_PERSON)

    (standing,) = standings_of(fresh(order))
    assert standing.person.full_name == "周示例"
    recognise_everybody(order)
    assert submit(applicant, order).state == OrderState.INITIAL_REVIEW


def test_booked_meeting_is_enough_to_submit_and_its_end_is_not(applicant):
    order = make_ready_order(applicant, is_recognised=False)
    check = book(applicant, order)

    cancel_meeting(applicant.actor, check)
    assert refusal_of(applicant, order) == "truthfulness_done"
    book(applicant, order)
    assert submit(applicant, order).state == OrderState.INITIAL_REVIEW


def test_submission_freezes_who_was_recognised_and_how(applicant):
    order = submit(applicant, make_ready_order(applicant))

    submission = order.submissions.get()
    (row,) = submission.truthfulness
    photo = FacePhoto.objects.get()
    assert (row["method"], row["score"], row["has_passed"]) == ("face", 96, True)
    assert (row["photo"], row["photo_sha256"]) == (str(photo.pk), photo.sha256)
    assert photo.frozen_at is not None
    assert submission.is_intact()
    submission.truthfulness = [{**row, "score": 97}]
    assert not submission.is_intact()
    submission.truthfulness = []
    assert not submission.is_intact()


def test_withdrawn_order_keeps_the_check_as_long_as_the_person_stays(applicant):
    order = submit(applicant, make_ready_order(applicant))
    workflow.apply(order.pk, "withdraw", applicant.actor)

    save_draft(
        applicant.actor,
        order.pk,
        version=fresh(order).version,
        edits={"services[0].name": "示例科技新官网"},
    )

    assert standings_of(fresh(order))[0].counts
    assert submit(applicant, order).round == 2


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("subject.principal.full_name", "林示范"),
        ("subject.principal.cert_number", OTHER_ID_NUMBER),
    ],
)
def test_another_person_needs_another_check(applicant, path, value):
    order = make_ready_order(applicant)
    photo = FacePhoto.objects.get()

    save_draft(applicant.actor, order.pk, version=order.version, edits={path: value})

    ended = TruthfulnessCheck.objects.get()
    assert ended.closed_for == "person_changed"
    photo.refresh_from_db()
    assert photo.is_erased
    assert refusal_of(applicant, order) == "truthfulness_done"
    save_draft(
        applicant.actor,
        order.pk,
        version=fresh(order).version,
        edits={path: {"林示范": "林示例"}.get(value, "330102198501010014")},
    )
    assert not standings_of(fresh(order))[0].counts


def test_natural_person_with_another_name_needs_another_check(applicant):
    order = make_ready_personal_order(applicant)

    save_draft(applicant.actor, order.pk, version=order.version, edits={"subject.name": "周示范"})

    assert TruthfulnessCheck.objects.get().closed_for == "person_changed"
    assert FacePhoto.objects.get().is_erased


def test_another_mobile_is_the_same_person(applicant):
    order = make_ready_order(applicant)

    save_draft(
        applicant.actor,
        order.pk,
        version=order.version,
        edits={"subject.principal.mobile": "13800000088"},
    )

    assert standings_of(fresh(order))[0].counts


def test_resubmission_after_the_result_lapsed_needs_a_new_check(life, monkeypatch):
    life.submit()
    life.take()
    life.comment(severity="must_fix")
    life.act("ask_supplement", life.reviewer)
    life.order.comments.update(reply_state="explained", reply="说明如上")

    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=31))

    with pytest.raises(Refused) as refused:
        life.submit("resubmit")
    assert refused.value.code == "truthfulness_done"
    recognise_everybody(life.order)
    life.submit("resubmit")
    assert life.order.state == OrderState.RESUBMITTED


def test_order_from_before_the_step_is_reviewed_as_it_is_and_resubmitted_with_it(
    applicant, reviewer
):
    order = make_order(applicant, state=OrderState.INITIAL_REVIEW, reviewer=reviewer.user)

    assert results_of(order.submissions.get()) == []
    tick_everything(reviewer.actor, order.pk)
    workflow.apply(order.pk, "pass_initial_review", reviewer.actor)
    assert fresh(order).state == OrderState.PENDING_BUREAU_SUBMISSION

    other = make_applicant(phone="13800000036", account_name="示例三六")
    old = make_ready_order(
        other, is_recognised=False, **{"subject.cert_number": "91330102MA0000002A"}
    )
    workflow_state = {"state": OrderState.INITIAL_REJECTED, "round": 1}
    type(old).objects.filter(pk=old.pk).update(**workflow_state)
    with pytest.raises(Refused) as refused:
        workflow.apply(old.pk, "submit_again", other.actor)
    assert refused.value.code == "truthfulness_done"


def under_review(
    applicant, reviewer, *, with_meeting: bool
) -> tuple[FilingOrder, TruthfulnessCheck]:
    order = make_ready_order(applicant, is_recognised=not with_meeting)
    if with_meeting:
        book(applicant, order)
    submit(applicant, order)
    workflow.apply(order.pk, "take", reviewer.actor)
    return fresh(order), TruthfulnessCheck.objects.get()


def test_meeting_has_to_be_recorded_before_the_order_passes(applicant, reviewer):
    order, check = under_review(applicant, reviewer, with_meeting=True)
    ids = {"order_id": order.pk, "check_id": check.pk}

    with pytest.raises(Refused) as refused:
        workflow.apply(order.pk, "pass_initial_review", reviewer.actor)
    assert refused.value.code == "truthfulness_settled"

    at = clock.now() + timedelta(days=1)
    truthfulness_review.schedule(reviewer.actor, **ids, at=at)
    assert Notice.objects.filter(template="meeting_scheduled", channel="sms").count() == 1
    truthfulness_review.confirm(reviewer.actor, **ids, note="视频核对身份证原件")
    (result,) = results_of(order.submissions.get())
    assert (result.is_settled, result.meeting.note) == (True, "视频核对身份证原件")
    tick_everything(reviewer.actor, order.pk)
    workflow.apply(order.pk, "pass_initial_review", reviewer.actor)
    assert fresh(order).state == OrderState.PENDING_BUREAU_SUBMISSION


@pytest.mark.parametrize("with_meeting", [True, False])
def test_refused_result_stops_the_pass_and_opens_the_step_again(applicant, reviewer, with_meeting):
    order, check = under_review(applicant, reviewer, with_meeting=with_meeting)

    truthfulness_review.refuse(
        reviewer.actor, order_id=order.pk, check_id=check.pk, note="照片与证件不是同一人"
    )

    with pytest.raises(Refused) as refused:
        workflow.apply(order.pk, "pass_initial_review", reviewer.actor)
    assert refused.value.code == "truthfulness_settled"
    assert standings_of(fresh(order))[0].check is None


def test_only_the_holder_of_a_case_records(applicant, reviewer):
    order, check = under_review(applicant, reviewer, with_meeting=True)
    other = make_staff(StaffRoleName.REVIEWER, name="reviewer-2")
    ids = {"order_id": order.pk, "check_id": check.pk}

    with pytest.raises(Refused):
        truthfulness_review.confirm(other.actor, **ids, note="x")
    workflow.apply(order.pk, "release", reviewer.actor)
    with pytest.raises(Refused):
        truthfulness_review.confirm(reviewer.actor, **ids, note="x")


def test_consent_withdrawn_during_review_stops_the_pass(applicant, reviewer):
    order, check = under_review(applicant, reviewer, with_meeting=False)

    withdraw_consent(check, source_address=None)

    (result,) = results_of(order.submissions.get())
    assert "撤回同意" in result.problem
    assert Notice.objects.filter(template="truthfulness_withdrawn", channel="portal").exists()
    with pytest.raises(Refused):
        workflow.apply(order.pk, "pass_initial_review", reviewer.actor)


def test_meeting_of_a_submitted_order_cannot_be_cancelled(applicant, reviewer):
    _order, check = under_review(applicant, reviewer, with_meeting=True)

    with pytest.raises(Refused):
        cancel_meeting(applicant.actor, check)
    with pytest.raises(Refused):
        book_meeting(applicant.actor, check, preferred=[offered_times()[0][0]])


def test_done_check_cannot_be_replaced_by_a_meeting(applicant):
    order = make_ready_order(applicant)

    with pytest.raises(CheckRefused):
        book(applicant, order)


# Pages


def test_step_shows_a_code_only_when_asked_and_says_how_it_stands(applicant):
    order = make_ready_order(applicant, is_recognised=False)
    client = client_of(applicant.user)
    url = reverse("orders:truthfulness", args=[order.pk])
    key = standings_of(order)[0].key

    assert '<svg role="img"' not in client.get(url).text
    answer = post(client, reverse("orders:truthfulness-act", args=[order.pk, key, "show-code"]))
    assert answer.url == f"{url}#person-{key}"
    page = client.get(url).text
    assert '<svg role="img"' in page
    assert "/face/" in page
    photographed(order)
    ask_provider(NOT_PERSON)
    assert "不是负责人本人" in client.get(url).text
    status = client.get(reverse("orders:truthfulness-status", args=[order.pk, key]) + "?seen=open")
    assert "有新进展" in status.text


def test_step_offers_the_meeting_and_refuses_no_choice(applicant):
    order = make_ready_order(applicant, is_recognised=False)
    client = client_of(applicant.user)
    key = standings_of(order)[0].key
    url = reverse("orders:truthfulness-meeting", args=[order.pk, key])

    assert "请选择方便的时间" in post(client, url).text
    answer = post(client, url, {"times": offered_times()[0][0]})
    assert answer.status_code == 302
    page = client.get(reverse("orders:truthfulness", args=[order.pk])).text
    assert reverse("orders:check", args=[order.pk]) in page


@pytest.mark.parametrize("count", [1, 3])
def test_step_costs_the_same_however_many_persons(applicant, count, django_assert_num_queries):
    order = make_ready_order(applicant, is_recognised=False)
    dossier = order.dossier.model_copy(deep=True)
    for number in range(1, count):
        service = dossier.services[0].model_copy(deep=True)
        service.principal.same_as_subject_principal = False
        service.principal.full_name = f"示例{number}"
        service.principal.cert_type = "id_card"
        service.principal.cert_number = OTHER_ID_NUMBER
        service.principal.mobile = f"1590000000{number}"
        dossier.services.append(service)
    order.put_dossier(dossier)
    order.save()
    for standing in standings_of(order):
        open_check(order.pk, standing.person)
    client = client_of(applicant.user)
    url = reverse("orders:truthfulness", args=[order.pk])
    client.get(url)

    with django_assert_num_queries(STEP_QUERIES):
        assert client.get(url).text.count("truth-person") == count


def test_desk_shows_result_and_every_look_at_the_photo_is_recorded(applicant, reviewer):
    order, _check = under_review(applicant, reviewer, with_meeting=False)
    client = client_of(reviewer.user)
    photo = FacePhoto.objects.get()
    case = reverse("orders:case", args=[order.pk])
    picture = reverse("orders:desk-face", args=[order.pk, photo.pk])

    page = client.get(f"{case}?view=evidence").text
    assert "机器比对通过" in page
    assert picture not in page
    assert picture in client.get(f"{case}?view=evidence&face={photo.pk}").text
    answer = client.get(picture)
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(action="view_face_photo")
    assert (entry.actor_user_id, entry.purpose) == (reviewer.user.pk, "review")


def test_photo_of_another_order_is_not_shown(applicant, reviewer):
    order, _check = under_review(applicant, reviewer, with_meeting=False)
    other = make_applicant(phone="13800000037", account_name="示例三七")
    dossier = filled_dossier(**{"subject.cert_number": "91330102MA0000002A"})
    elsewhere = make_order(other, dossier=dossier)
    prove_contacts(elsewhere)
    photo = photographed(elsewhere)

    url = reverse("orders:desk-face", args=[order.pk, photo.pk])
    assert client_of(reviewer.user).get(url).status_code == 404


def test_recording_page_names_what_is_missing(applicant, reviewer):
    order, check = under_review(applicant, reviewer, with_meeting=True)
    client = client_of(reviewer.user)
    url = reverse("orders:case-truthfulness", args=[order.pk, check.pk])

    assert "请填写核验记录" in post(client, url, {"outcome": "confirm"}).text
    assert "请填写会议日期" in post(client, url, {"outcome": "schedule", "time": "14:30"}).text
    past = {
        "day_0": "2020",
        "day_1": "1",
        "day_2": "2",
        "day_year": "2020",
        "day_month": "1",
        "day_day": "2",
        "time": "14：30",
        "outcome": "schedule",
    }
    assert "会议时间已经过去" in post(client, url, past).text
    done = {"outcome": "confirm", "note": "已核对"}
    assert "订单刚刚有了变化" in post(client, url, {**done, "version": order.version - 1}).text
    assert not results_of(order.submissions.get())[0].is_over
    answer = post(client, url, {**done, "version": fresh(order).version})
    assert answer.url == reverse("orders:case", args=[order.pk]) + "?view=evidence"
    assert results_of(order.submissions.get())[0].is_settled
