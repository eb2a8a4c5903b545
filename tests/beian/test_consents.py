"""What people were shown and agreed to is kept as it was."""

import uuid

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import GenericIPAddressField

from beian.actions.consents import (
    person_digest_of_mail,
    person_digest_of_phone,
    record_consent,
    record_notice_shown,
)
from beian.legal_texts import legal_text
from beian.models import AuditEntry, ConsentRecord
from beian.models.audit import AppendOnlyError
from tests.builders import make_applicant

pytestmark = pytest.mark.django_db


def given() -> ConsentRecord:
    return record_consent(
        person_digest=person_digest_of_phone("13800000034"),
        purpose="certificate_data",
        text_key="certificate_data",
    )


def test_record_names_the_text_in_force():
    text = legal_text("certificate_data")

    record = given()

    assert (record.text_key, record.text_version, record.text_digest) == (
        "certificate_data",
        text.version,
        text.digest,
    )


def test_record_is_never_changed_or_deleted():
    record = given()
    record.is_consent = False

    with pytest.raises(AppendOnlyError):
        record.save()
    with pytest.raises(AppendOnlyError):
        record.delete()


@pytest.mark.parametrize("act", [lambda rows: rows.update(is_consent=False), lambda r: r.delete()])
def test_database_refuses_changes_of_records_too(act):
    given()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(ConsentRecord.objects.all())

    assert ConsentRecord.objects.get().is_consent is True


def test_record_stays_as_it_was_when_the_user_is_deleted():
    applicant = make_applicant()
    record_consent(
        person_digest=person_digest_of_phone(applicant.user.phone),
        purpose="account_terms",
        text_key="account_terms",
        user=applicant.user,
    )
    number = applicant.user.pk

    applicant.user.delete()

    assert ConsentRecord.objects.get().user_id == number


def test_notice_is_recorded_once_per_person_and_order():
    order, other_order = uuid.uuid4(), uuid.uuid4()
    phone, mail = person_digest_of_phone("13800000034"), person_digest_of_mail("lin@example.com")

    for person, where in [(phone, order), (phone, order), (mail, order), (phone, other_order)]:
        record_notice_shown(person_digest=person, text_key="contact_notice", order_id=where)

    rows = ConsentRecord.objects.order_by("pk")
    assert list(rows.values_list("person_digest", "order_id", "is_consent")) == [
        (phone, order, False),
        (mail, order, False),
        (phone, other_order, False),
    ]


def test_privacy_notice_names_the_network_address_that_records_keep():
    keep = {
        model
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, GenericIPAddressField) and field.name == "source_address"
    }
    assert keep == {AuditEntry, ConsentRecord}

    notice = legal_text("privacy_notice")
    assert "同意记录以编号和摘要留存，并记有办理时的网络地址" in "".join(notice.body_zh)
    assert "records of consent are kept with numbers and digests, and with the network address" in (
        "".join(notice.body_en)
    )
