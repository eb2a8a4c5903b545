"""Content of an earlier schema is read in the present one; what was frozen keeps bytes and seal."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from orders.dossier import SCHEMA_VERSION, from_bytes, to_bytes, upgrades
from orders.models import FilingOrder, Submission
from tests.builders import client_of, filled_dossier

pytestmark = pytest.mark.django_db


def split_remarks(content):
    """As the next schema might: what was said for the service moves to the subject."""
    service = content["services"][0]
    content["subject"]["remarks"], service["remarks"] = f"第二版：{service['remarks']}", ""
    return content


def mark_name(content):
    content["services"][0]["name"] += "（第三版）"
    return content


@pytest.fixture
def third_schema(life, monkeypatch):
    """An order submitted today, met by a program that knows the schema after the next."""
    life.submit()
    steps = {SCHEMA_VERSION: split_remarks, SCHEMA_VERSION + 1: mark_name}
    monkeypatch.setattr(upgrades, "SCHEMA_VERSION", SCHEMA_VERSION + 2)
    monkeypatch.setattr(upgrades, "UPGRADES", steps)
    return life


def frozen_bytes() -> tuple[bytes, str, int]:
    row = Submission.objects.get()
    return row._open("dossier"), row.seal, row.schema_version


def test_frozen_submission_is_read_through_every_upgrade_in_turn(third_schema):
    dossier = Submission.objects.get().dossier

    assert dossier.schema_version == SCHEMA_VERSION + 2
    assert dossier.subject.remarks.startswith("第二版：")
    assert dossier.services[0].name == "示例科技官网（第三版）"


def test_reading_leaves_bytes_and_seal_of_the_submission_as_they_were(third_schema):
    before = frozen_bytes()
    assert Submission.objects.get().dossier.schema_version == SCHEMA_VERSION + 2

    client = client_of(third_schema.reviewer.user)
    page = client.get(reverse("orders:case", args=[third_schema.order_id]))
    printed = StringIO()
    call_command("verify_audit", stdout=printed)

    assert "示例科技官网（第三版）" in page.text
    assert frozen_bytes() == before
    assert before[2] == SCHEMA_VERSION
    assert Submission.objects.get().is_intact()


def test_draft_of_an_earlier_schema_is_stored_in_the_present_one_when_it_is_saved(third_schema):
    order = FilingOrder.objects.get()
    assert order.dossier.services[0].name == "示例科技官网（第三版）"

    order.put_dossier(order.dossier)
    order.save()

    # Upgraded once, not again with each reading.
    assert FilingOrder.objects.get().dossier.services[0].name == "示例科技官网（第三版）"


@pytest.mark.parametrize(
    ("nature", "number", "is_marked"),
    [
        ("enterprise", "92330102MA0000001T", True),
        ("enterprise", "91330102MA0000001C", False),
        ("public_institution", "92330102MA0000001T", False),
        ("personal", "", False),
    ],
)
def test_first_schema_is_read_with_the_mark_of_a_sole_proprietor(nature, number, is_marked):
    content = json.loads(to_bytes(filled_dossier()))
    content["schema_version"] = 1
    content["subject"] |= {"nature": nature, "cert_number": number}
    for later in ("is_sole_proprietor", "has_trade_name", "has_seal"):
        del content["subject"][later]

    subject = from_bytes(json.dumps(content).encode()).subject

    assert subject.is_sole_proprietor is is_marked
    assert (subject.has_trade_name, subject.has_seal) == (None, None)
