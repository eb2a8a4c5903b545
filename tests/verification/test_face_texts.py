"""What people are told about their faces is what the settings and the code say."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.utils.translation import override

from beian import clock
from beian.legal_texts import FOLDER, legal_text
from beian.models import ConsentRecord
from orders.actions.truthfulness import PERSON
from tests.beian.test_metrics import figures
from tests.builders import make_applicant
from tests.fake_face import opened, photographed
from tests.life import make_ready_order
from verification.actions.face_consents import note_notice_shown
from verification.actions.tidy import tidy
from verification.models import TruthfulnessLink

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def order():
    return make_ready_order(make_applicant(), is_recognised=False)


def whole(key: str, language: str) -> str:
    with override(language):
        return " ".join(legal_text(key).body)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_no_name_is_left_open_in_a_text(path):
    for language in ("zh-hans", "en"):
        assert "{" not in whole(path.stem, language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_notice_names_the_days_of_the_settings(change_setting, language):
    for number, name in enumerate(
        ("unused_photo_hours", "valid_days", "closed_order_photo_days", "rejected_order_photo_days")
    ):
        change_setting(f"truthfulness.{name}", 41 + number)

    text = whole("face_notice", language)

    assert all(str(number) in text for number in (41, 42, 43, 44))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_consents_name_who_asks_and_who_receives(change_setting, language):
    change_setting("site.provider_name", "接入甲")
    change_setting("site.provider_name_en", "Access A")
    change_setting("truthfulness.verifier_name", "核验乙")
    change_setting("truthfulness.verifier_name_en", "Verifier B")
    change_setting("truthfulness.verifier_contact", "0571-1234")
    asks, receives = ("Access A", "Verifier B") if language == "en" else ("接入甲", "核验乙")

    assert asks in whole("face_photo", language)
    assert all(word in whole("face_verifier", language) for word in (asks, receives, "0571-1234"))
    assert all(word in whole("face_notice", language) for word in (asks, receives))


def test_record_proves_the_text_as_it_was_filled_in(order, change_setting):
    check = opened(order).check_row
    note_notice_shown(PERSON, check, source_address=None)
    shown = ConsentRecord.objects.get(text_key="face_notice").text_digest
    assert shown == legal_text("face_notice").digest

    change_setting("truthfulness.valid_days", 20)

    assert legal_text("face_notice").digest != shown


def test_dead_links_are_deleted_after_their_days(order, monkeypatch):
    link = opened(order)
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=30))
    tidy()
    assert TruthfulnessLink.objects.get() == link

    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=30, minutes=11))
    assert tidy() == 1
    assert not TruthfulnessLink.objects.exists()


def test_many_stored_faces_are_a_figure_for_monitors(order, client, settings, change_setting):
    settings.MONITORS = [ip_network("127.0.0.1")]
    change_setting("truthfulness.faces_to_register", 2)
    change_setting("truthfulness.faces_warned_percent", 51)
    photographed(order)

    found = figures(client.get("/metrics").content.decode())
    assert found["beian_faces_stored", ()] == 1
    assert found["beian_faces_registration_ratio", ()] == 0.5
    assert found["beian_faces_many", ()] == 0

    change_setting("truthfulness.faces_warned_percent", 50)
    found = figures(client.get("/metrics").content.decode())
    assert found["beian_faces_many", ()] == 1
