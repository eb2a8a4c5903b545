"""What a reviewer does with a truthfulness check: refuse it, compare faces, lose nothing typed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from beian import clock
from beian.models import Notice
from orders.actions import truthfulness_review
from orders.actions.truthfulness import book_meeting
from orders.desk.case_documents import identity_pictures
from orders.meeting_times import offered_times
from orders.models import FilingOrder
from orders.truthfulness import standings_of
from tests.builders import client_of, post
from tests.life import Life
from tests.orders.test_truthfulness_step import OTHER_PERSON
from verification.actions.truthfulness import open_check
from verification.models import FacePhoto, TruthfulnessCheck

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


def ids(life: Life) -> dict:
    return {"order_id": life.order_id, "check_id": TruthfulnessCheck.objects.get().pk}


def test_photo_that_grew_too_old_during_the_review_can_be_refused(life, monkeypatch):
    life.submit()
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=31))
    life.take()

    truthfulness_review.refuse(life.reviewer.actor, **ids(life), note="与证件不是同一人")

    assert TruthfulnessCheck.objects.get().closed_for == "refused"


@pytest.mark.parametrize("name", ["case-truthfulness", "calls"])
def test_what_was_typed_survives_a_lapsed_lease(life, name):
    life.submit()
    life.take()
    more = [ids(life)["check_id"]] if name == "case-truthfulness" else []
    url = reverse(f"orders:{name}", args=[life.order_id, *more])
    FilingOrder.objects.update(lease_until=clock.now())
    fields = {
        "version": life.order.version,
        "outcome": "refuse" if more else "no_answer",
        "number": "subject.principal/mobile",
        "note": "负责人说没有办理过备案",
    }

    page = post(client_of(life.reviewer.user), url, fields)

    assert page.status_code == 200
    assert "负责人说没有办理过备案" in page.text
    assert "请先领取" in page.text
    assert page.text.count("<form") > client_of(life.reviewer.user).get(url).text.count("<form")


def test_what_was_typed_survives_a_check_that_ended_meanwhile(life):
    life.submit()
    life.take()
    url = reverse("orders:case-truthfulness", args=[life.order_id, ids(life)["check_id"]])
    truthfulness_review.refuse(life.reviewer.actor, **ids(life), note="与证件不是同一人")
    fields = {"version": life.order.version, "outcome": "refuse", "note": "电话里也不承认"}

    page = post(client_of(life.reviewer.user), url, fields)

    assert "电话里也不承认" in page.text
    assert "这次核验已经结束" in page.text


def test_agreed_time_is_told_to_the_account_and_to_who_attends_with_how_it_takes_place(
    bureau, change_setting
):
    change_setting("truthfulness.meeting_how", "工作人员届时发送会议链接。")
    life = Life(bureau, is_recognised=False, **OTHER_PERSON)
    check = open_check(life.order_id, standings_of(life.order)[0].person)
    book_meeting(life.applicant.actor, check, preferred=[offered_times()[0][0]])
    life.submit()
    life.take()

    at = clock.now() + timedelta(days=1)
    truthfulness_review.schedule(life.reviewer.actor, **ids(life), at=at)

    rows = Notice.objects.filter(template="meeting_scheduled", channel="sms")
    bodies = {row.recipient: row.body for row in rows}
    attends = OTHER_PERSON["services[0].principal.mobile"]
    assert bodies.keys() == {life.applicant.user.phone, attends}
    own = bodies[attends]
    assert "工作人员届时发送会议链接。" in own
    assert "Beijing time" in own


def shown_beside(life: Life) -> list[str]:
    """Labels of the identity documents beside the face."""
    photo = FacePhoto.objects.get(erased_at=None)
    url = reverse("orders:case", args=[life.order_id]) + f"?view=evidence&face={photo.pk}"
    page = client_of(life.reviewer.user).get(url)
    fronts = life.order.submission.dossier.materials
    return [
        next(key for key, pks in fronts.items() if picture.key in pks)
        for picture in page.context["identity_pictures"]
    ]


def put_other_card(life: Life) -> None:
    """A card of somebody who is not the service principal any more is still among the papers."""
    order = life.order
    dossier = order.dossier.model_copy(deep=True)
    front = dossier.materials["principal_id_back"]
    dossier.materials = {**dossier.materials, "service_principal_id_front": front}
    order.put_dossier(dossier)
    order.save()


def test_face_of_the_subject_principal_is_compared_with_that_persons_card(life):
    put_other_card(life)
    life.submit()

    assert shown_beside(life) == ["principal_id_front"]


def test_face_of_another_service_principal_is_compared_with_the_own_card(bureau):
    life = Life(bureau, **OTHER_PERSON)
    life.submit()

    assert shown_beside(life) == ["service_principal_id_front"]


def test_service_principal_without_a_card_is_not_compared_with_a_strangers(life):
    life.submit()

    assert identity_pictures(life.order.submission, "digest of the second service's person") == []
