"""Content of an earlier schema is read in the present one; what was frozen keeps bytes and seal."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from orders.dossier import upgrades
from orders.models import FilingOrder, Submission
from tests.builders import client_of

pytestmark = pytest.mark.django_db


def split_remarks(content):
    """As a second schema might: what was said for the service moves to the subject."""
    service = content["services"][0]
    content["subject"]["remarks"], service["remarks"] = f"第二版：{service['remarks']}", ""
    return content


def mark_name(content):
    content["services"][0]["name"] += "（第三版）"
    return content


@pytest.fixture
def third_schema(life, monkeypatch):
    """An order submitted under the first schema, met by a program that knows the third."""
    life.submit()
    monkeypatch.setattr(upgrades, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(upgrades, "UPGRADES", {1: split_remarks, 2: mark_name})
    return life


def frozen_bytes() -> tuple[bytes, str, int]:
    row = Submission.objects.get()
    return row._open("dossier"), row.seal, row.schema_version


def test_frozen_submission_is_read_through_every_upgrade_in_turn(third_schema):
    dossier = Submission.objects.get().dossier

    assert dossier.schema_version == 3
    assert dossier.subject.remarks.startswith("第二版：")
    assert dossier.services[0].name == "示例科技官网（第三版）"


def test_reading_leaves_bytes_and_seal_of_the_submission_as_they_were(third_schema):
    before = frozen_bytes()
    assert Submission.objects.get().dossier.schema_version == 3

    client = client_of(third_schema.reviewer.user)
    page = client.get(reverse("orders:case", args=[third_schema.order_id]))
    printed = StringIO()
    call_command("verify_audit", stdout=printed)

    assert "示例科技官网（第三版）" in page.text
    assert frozen_bytes() == before
    assert before[2] == 1
    assert Submission.objects.get().is_intact()


def test_draft_of_an_earlier_schema_is_stored_in_the_present_one_when_it_is_saved(third_schema):
    order = FilingOrder.objects.get()
    assert order.dossier.services[0].name == "示例科技官网（第三版）"

    order.put_dossier(order.dossier)
    order.save()

    # Upgraded once, not again with each reading.
    assert FilingOrder.objects.get().dossier.services[0].name == "示例科技官网（第三版）"
