"""The face check: links that open once, own consents, photos that can be erased, the answer."""

import os
import uuid
from datetime import timedelta

import pytest
from django.conf import settings

from beian import actors, clock
from beian.actions.consents import person_digest_of_certificate
from beian.crypto import datakey
from beian.limits import LimitReached
from beian.models import AuditEntry, ConsentRecord, Notice
from beian.ports.base import FaceAnswer
from beian.ports.http import TIMEOUT_SECONDS
from beian.site_settings.registry import REGISTRY
from orders.actions.truthfulness import (
    PERSON,
    confirm_photo,
    withdraw_consent,
)
from orders.actions.truthfulness_entry import send_link, send_link_again, show_code
from orders.models import FilingOrder
from orders.truthfulness import forget_standings, standings_of
from orders.workflow import Refused
from tests.builders import (
    ID_NUMBER,
    MOBILE,
    filled_dossier,
    make_applicant,
    make_order,
    make_resource,
)
from tests.fake_face import (
    NOT_PERSON,
    PASSED,
    UNAVAILABLE,
    ask_provider,
    face_provider,
    opened,
    photographed,
    recognise_everybody,
)
from tests.life import prove_contacts
from tests.unmounted import key_not_mounted
from tests.verification import pictures
from verification.actions import face_photos, stray_files
from verification.actions.documents import PictureRefused
from verification.actions.face_answers import answer_photos
from verification.actions.face_check import drop_photo, take_photo
from verification.actions.face_consents import CONSENTS, FACE, give_consents, missing_consents
from verification.actions.face_photos import PhotoGone, read_photo
from verification.actions.truthfulness import CheckRefused, open_check
from verification.actions.truthfulness_links import LinkDead, find_link, open_link
from verification.document_store import StoreUnavailable
from verification.enums import CheckEnd, FaceState, TruthfulnessStage
from verification.models import FacePhoto, TruthfulnessCheck, TruthfulnessLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order() -> FilingOrder:
    order = make_order(make_applicant())
    prove_contacts(order)
    return order


@pytest.fixture
def later(monkeypatch):
    def move(**ahead: int) -> None:
        monkeypatch.setattr(clock, "_offset", lambda: timedelta(**ahead))

    return move


def person_key(order: FilingOrder) -> str:
    return standings_of(order)[0].key


def actor_of(order: FilingOrder):
    membership = order.account.memberships.get()
    return actors.applicant(membership.user, order.account, membership.role)


def current(order: FilingOrder) -> TruthfulnessCheck:
    return TruthfulnessCheck.objects.of(order.pk).current().get()


def test_looking_at_a_link_leaves_it_alive_and_opening_uses_it_up(order):
    link = show_code(actor_of(order), order, person_key(order))

    assert find_link(link.token).pk == link.pk
    assert find_link(link.token).pk == link.pk
    assert open_link(link.token).check_row == current(order)
    with pytest.raises(LinkDead):
        open_link(link.token)
    with pytest.raises(LinkDead):
        find_link(link.token)


def test_refreshing_kills_the_old_code_and_opening_one_way_kills_the_other(order):
    actor, key = actor_of(order), person_key(order)
    old = show_code(actor, order, key)
    new = show_code(actor, order, key)
    send_link(actor, order, key, source_address=None)
    texted = TruthfulnessLink.objects.get(channel="sms")

    with pytest.raises(LinkDead):
        find_link(old.token)
    assert find_link(texted.token).pk == texted.pk
    open_link(new.token)
    with pytest.raises(LinkDead):
        find_link(texted.token)


@pytest.mark.parametrize(("seconds", "is_alive"), [(599, True), (600, False)])
def test_link_lives_ten_minutes_to_the_second(order, later, seconds, is_alive):
    link = show_code(actor_of(order), order, person_key(order))

    later(seconds=seconds)

    if is_alive:
        assert open_link(link.token).pk == link.pk
    else:
        with pytest.raises(LinkDead):
            open_link(link.token)


def test_refreshing_is_throttled(order, change_setting):
    change_setting("truthfulness.links_per_hour", 2)
    for _time in range(2):
        show_code(actor_of(order), order, person_key(order))

    with pytest.raises(LimitReached):
        show_code(actor_of(order), order, person_key(order))


def test_database_holds_no_token(order):
    link = show_code(actor_of(order), order, person_key(order))

    stored = {str(value) for value in TruthfulnessLink.objects.values_list().get()}
    assert not any(link.token in value for value in stored)


def test_text_goes_to_the_confirmed_mobile_only(order):
    send_link(actor_of(order), order, person_key(order), source_address=None)

    notice = Notice.objects.get(template="truthfulness_link")
    link = TruthfulnessLink.objects.get()
    assert notice.recipient == MOBILE
    assert link.token in notice.body
    assert order.subject_name in notice.body
    assert notice.is_secret

    dossier = order.dossier.model_copy(deep=True)
    dossier.subject.principal.mobile = "13800000099"
    order.put_dossier(dossier)
    forget_standings(order)
    with pytest.raises(Refused) as refused:
        send_link(actor_of(order), order, person_key(order), source_address=None)
    assert refused.value.code == "mobile"


def test_person_without_a_link_is_sent_one_to_the_own_number_only(order):
    recognise_everybody(order)

    send_link_again(order, "13800000077", source_address="192.0.2.1")
    assert not Notice.objects.filter(template="truthfulness_link").exists()
    send_link_again(order, MOBILE, source_address="192.0.2.1")
    assert Notice.objects.get(template="truthfulness_link").recipient == MOBILE


@pytest.mark.parametrize("missing", [*CONSENTS, None])
def test_photo_without_every_consent_is_not_taken(order, missing):
    given = [key for key in CONSENTS if missing not in (None, key)]
    check = opened(order).check_row
    give_consents(PERSON, check, given, source_address=None)

    with pytest.raises(CheckRefused) as refused:
        take_photo(PERSON, check, pictures.upload(), channel="qr", device="phone")

    assert refused.value.code == "consent"
    assert FacePhoto.objects.count() == 0
    assert not list((settings.FILES_DIR / "faces").glob("**/*.bin"))


def test_consents_are_the_persons_own_and_of_this_order(order):
    check = opened(order).check_row
    give_consents(PERSON, check, CONSENTS, source_address="192.0.2.7")

    rows = ConsentRecord.objects.filter(order_id=order.pk)
    assert [(row.text_key, row.purpose) for row in rows.order_by("pk")] == [
        ("own_certificate_data", "certificate_data"),
        ("own_bureau_transfer", "bureau_transfer"),
        ("face_photo", "face_photo"),
        ("face_verifier", "face_verifier"),
    ]
    assert {row.person_digest for row in rows} == {person_digest_of_certificate(ID_NUMBER)}
    assert {row.user_id for row in rows} == {None}
    assert {row.source_address for row in rows} == {"192.0.2.7"}
    other_order = open_check(uuid.uuid4(), standings_of(order)[0].person)
    assert [text.key for text in missing_consents(other_order)] == list(CONSENTS)


def test_photo_is_encrypted_apart_from_documents_under_its_own_key(order):
    photo = photographed(order)

    assert pictures.opened(read_photo(photo)).size == (640, 420)
    (path,) = (settings.FILES_DIR / "faces").glob("**/*.bin")
    assert b"\xff\xd8\xff" not in path.read_bytes()
    datakey.destroy(order.pk)
    assert read_photo(photo)
    datakey.destroy(photo.pk)
    with pytest.raises(PhotoGone):
        read_photo(photo)


def test_hostile_upload_is_refused_and_costs_no_attempt(order, change_setting):
    change_setting("truthfulness.attempts_per_day", 1)
    check = opened(order).check_row
    give_consents(PERSON, check, CONSENTS, source_address=None)

    with pytest.raises(PictureRefused):
        take_photo(
            PERSON, check, pictures.upload(b"<svg/>", "me.jpg"), channel="qr", device="phone"
        )
    take_photo(PERSON, check, pictures.upload(), channel="qr", device="phone")
    with pytest.raises(CheckRefused) as refused:
        take_photo(PERSON, check, pictures.upload(), channel="qr", device="phone")
    assert refused.value.code == "spent"


def test_provider_is_told_who_to_look_for_and_the_answer_is_kept(order):
    photo = photographed(order)

    with face_provider(PASSED) as provider:
        assert answer_photos() == 1
        assert answer_photos() == 0

    (question,) = provider.asked
    assert question["cert_number"] == ID_NUMBER
    assert question["photo"] == read_photo(photo)
    photo.refresh_from_db()
    assert (photo.state, photo.score, photo.has_passed) == (FaceState.PASSED, 96, True)
    assert AuditEntry.objects.filter(action="give_to_face_provider").count() == 1


@pytest.mark.parametrize("answer", [None, UNAVAILABLE])
def test_provider_that_is_down_is_asked_again_after_the_wait(order, later, answer):
    photo = photographed(order)

    assert ask_provider(answer) == 0
    photo.refresh_from_db()
    assert photo.state == FaceState.WAITING
    assert photo.unavailable_since is not None
    assert ask_provider(PASSED) == 0
    later(seconds=31)
    assert ask_provider(PASSED) == 1
    photo.refresh_from_db()
    assert photo.state == FaceState.PASSED
    assert photo.unavailable_since is None


def other_order() -> FilingOrder:
    applicant = make_applicant(phone="13800000036", account_name="示例三六")
    changes = {"subject.cert_number": "91330102MA0000002A"}
    dossier = filled_dossier(make_resource(applicant.account), **changes)
    return make_order(applicant, dossier=dossier)


def test_provider_that_hangs_is_asked_once_for_all_and_the_others_come_first(order, later):
    first, second = photographed(order), photographed(other_order())

    with face_provider(None) as provider:
        assert answer_photos() == 0
        assert answer_photos() == 0
    assert [question["request_id"] for question in provider.asked] == [str(first.pk)]
    assert not FacePhoto.objects.filter(unavailable_since=None).exists()

    later(seconds=31)
    with face_provider(PASSED) as provider:
        assert answer_photos() == 2
    asked = [question["request_id"] for question in provider.asked]
    assert asked == [str(second.pk), str(first.pk)]


@pytest.mark.parametrize(
    "name", ["truthfulness.retry_seconds", "real_name.retry_seconds", "resource.retry_seconds"]
)
def test_wait_is_longer_than_a_question_may_take(name):
    assert REGISTRY[name].minimum > TIMEOUT_SECONDS


def test_photo_that_cannot_be_read_is_to_be_taken_again(order, change_setting):
    change_setting("truthfulness.failed_photo_usable", True)
    photo = photographed(order)
    datakey.destroy(photo.pk)

    with face_provider(PASSED) as provider:
        answer_photos()

    check = current(order)
    assert provider.asked == []
    assert (check.stage, check.photo.reasons) == (TruthfulnessStage.FAILED, ["unreadable"])
    with pytest.raises(CheckRefused):
        confirm_photo(check)


def test_photo_out_of_reach_is_asked_about_later(order, later, monkeypatch):
    photographed(order)

    def unavailable(*_args: object) -> bytes:
        raise StoreUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(face_photos, "read_file", unavailable)
        assert ask_provider(PASSED) == 0
    assert current(order).photo.unavailable_since is not None
    later(seconds=31)
    assert ask_provider(PASSED) == 1


def test_photo_whose_key_is_not_mounted_is_asked_about_later(order, later):
    with key_not_mounted(photographed(order).pk):
        assert ask_provider(PASSED) == 0
    assert current(order).photo.unavailable_since is not None
    later(seconds=31)
    assert ask_provider(PASSED) == 1


def test_confirmed_photo_counts_whatever_the_score(order):
    photo = photographed(order)
    ask_provider(FaceAnswer("pass", 3))

    assert not current(order).counts
    check = confirm_photo(photo.check_row)

    assert check.counts
    assert check.stage == TruthfulnessStage.DONE
    assert check.until == check.done_at + timedelta(days=30)
    assert order.events.get(name="truthfulness_confirmed").actor_kind == "person"


def test_failed_photo_names_its_reasons_and_cannot_be_confirmed_unless_allowed(
    order, change_setting
):
    photo = photographed(order)
    ask_provider(NOT_PERSON)

    check = current(order)
    assert check.stage == TruthfulnessStage.FAILED
    assert check.photo.reasons == ["not_person"]
    with pytest.raises(CheckRefused):
        confirm_photo(check)
    change_setting("truthfulness.failed_photo_usable", True)
    assert confirm_photo(check).counts
    photo.refresh_from_db()
    assert photo.has_passed is False


def test_another_try_erases_the_photo_before(order):
    first = photographed(order)
    ask_provider(NOT_PERSON)
    drop_photo(PERSON, first.check_row)

    assert current(order).stage == TruthfulnessStage.OPEN
    second = take_photo(PERSON, first.check_row, pictures.upload(), channel="qr", device="phone")

    first.refresh_from_db()
    assert first.is_erased
    with pytest.raises(PhotoGone):
        read_photo(first)
    assert read_photo(second)


def test_photo_in_waiting_may_be_replaced_and_only_the_new_one_is_answered(order):
    first = photographed(order)
    take_photo(PERSON, first.check_row, pictures.upload(), channel="qr", device="phone")

    assert ask_provider() == 1
    first.refresh_from_db()
    assert first.state == FaceState.WAITING
    assert first.is_erased


def test_result_lapses_after_its_days(order, later):
    (check,) = recognise_everybody(order)

    later(days=30, seconds=-5)
    assert current(order).counts
    later(days=30, seconds=5)
    assert current(order).stage == TruthfulnessStage.LAPSED
    assert not current(order).counts
    assert recognise_everybody(order)[0].pk == check.pk
    assert current(order).counts


def test_withdrawn_consent_erases_every_photo_and_opens_the_step_again(
    order, django_capture_on_commit_callbacks
):
    (check,) = recognise_everybody(order)
    photo = check.photo

    with django_capture_on_commit_callbacks(execute=True):
        withdraw_consent(check, source_address=None)

    ended = TruthfulnessCheck.objects.get(pk=check.pk)
    assert ended.closed_for == CheckEnd.CONSENT_WITHDRAWN
    assert (ended.full_name, ended.cert_number) == ("", "")
    photo.refresh_from_db()
    assert photo.is_erased
    with pytest.raises(PhotoGone):
        read_photo(photo)
    assert not list((settings.FILES_DIR / "faces").glob("**/*.bin"))
    forget_standings(order)
    assert standings_of(order)[0].check is None
    again = open_check(order.pk, standings_of(order)[0].person)
    # Those to the use of the filing's data stand: the photo alone was taken back.
    assert [text.key for text in missing_consents(again)] == list(FACE)


def test_stray_face_files_are_removed_and_kept_ones_stay(order):
    photo = photographed(order)
    gone = photographed(order)
    folder = settings.FILES_DIR / "faces" / "ab" / "cd"
    folder.mkdir(parents=True)
    (folder / "abcd.bin").write_bytes(b"left behind")
    for path in (settings.FILES_DIR / "faces").glob("**/*.bin"):
        os.utime(path, (0, 0))

    assert gone.pk != photo.pk
    assert stray_files.remove_stray_files() == 2
    assert read_photo(gone)


def test_photo_the_store_does_not_take_is_refused_with_words(order, monkeypatch):
    check = opened(order).check_row
    give_consents(PERSON, check, CONSENTS, source_address=None)

    def unavailable(*_args: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(face_photos, "write_file", unavailable)
    with pytest.raises(PictureRefused) as refused:
        take_photo(PERSON, check, pictures.upload(), channel="qr", device="phone")
    assert "请稍后重新上传" in refused.value.reason
    assert not FacePhoto.objects.exists()
