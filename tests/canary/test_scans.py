"""Every kind of scan finds what it is there to find: a careless place for each is planted here."""

import json
import logging
from base64 import b64encode
from urllib.parse import quote

import pytest
from django.core import signing
from django.test import Client

from beian import clock
from beian.celery import app
from beian.models import Notice
from orders.models import FilingOrder
from tests.builders import client_of, make_applicant, make_order
from tests.canary.canaries import Canary, found_in
from tests.canary.scans import (
    captured_addresses,
    captured_log,
    scan_broker,
    scan_database,
    scan_folder,
    scan_outbox,
)

PHONE = "13800000061"
ID_NUMBER = "330102198501010014"
NAME = "林金丝"
CODE = "204817"
SEEDED = [Canary("phone", PHONE), Canary("certificate number", ID_NUMBER), Canary("name", NAME)]


@pytest.mark.parametrize("text", ["138 0000 0061", "tel=13800000061.", "138-0000-0061"])
def test_canary_is_found_however_it_is_grouped(text):
    assert found_in(text, SEEDED, "log") == ["log: phone"]


@pytest.mark.parametrize(
    "disguise",
    [
        lambda text: b64encode(text.encode()).decode().rstrip("="),
        lambda text: text.encode("unicode_escape").decode(),
        lambda text: json.dumps(json.dumps(text)),
        quote,
    ],
    ids=["base64", "escape", "json", "address"],
)
def test_canary_is_found_in_disguise(disguise):
    text = disguise(f"（{NAME}）")

    assert NAME not in text
    assert found_in(f"seen={text} again", SEEDED, "log") == ["log: name"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("9913800000061", PHONE), ("10:26:31.204817+00:00", CODE), (f"ab{CODE}cd", CODE)],
)
def test_canary_is_not_found_inside_something_longer(text, value):
    assert found_in(text, [Canary("value", value)], "log") == []


@pytest.mark.django_db
def test_careless_column_and_session_are_noticed():
    applicant = make_applicant(account_name=f"{NAME} {PHONE}")
    client = client_of(applicant.user)
    session = client.session
    session["careless"] = ID_NUMBER
    session.save()

    assert scan_database(SEEDED) == [
        "beian_account.name: name",
        "beian_account.name: phone",
        "django_session (unpacked): certificate number",
    ]


@pytest.mark.django_db
def test_binary_column_without_encryption_is_noticed():
    order = make_order(make_applicant())
    FilingOrder.objects.filter(pk=order.pk).update(dossier_sealed=f"name: {NAME}".encode())

    assert scan_database(SEEDED) == ["orders_filingorder.dossier_sealed: name"]


def test_careless_file_is_noticed(tmp_path):
    (tmp_path / "queue").mkdir()
    (tmp_path / "queue" / "message").write_text(signing.dumps("x") + f" {PHONE}")

    assert scan_folder(tmp_path, SEEDED) == ["queue/message: phone"]


def test_careless_name_of_a_file_is_noticed(tmp_path):
    (tmp_path / f"{NAME}.jpg").write_bytes(b"")

    assert scan_folder(tmp_path, SEEDED) == ["name of file 1: name"]


@pytest.mark.parametrize("given", [{"args": [PHONE]}, {"kwargs": {"phone": PHONE}}])
def test_careless_argument_of_a_task_is_noticed(given):
    app.send_task("beian.relay_notices", argsrepr="-", kwargsrepr="-", **given)
    try:
        found = scan_broker(SEEDED)
    finally:
        app.control.purge()

    assert [line.rpartition(": ")[2] for line in found] == ["phone"]
    assert scan_broker(SEEDED) == []


@pytest.mark.django_db
def test_code_left_in_a_message_is_noticed():
    now = clock.now()
    Notice.objects.create(
        template="code", body=f"验证码 {CODE}", created_at=now, next_attempt_at=now
    )

    assert scan_outbox([Canary("code", CODE)]) == ["code: code"]


def test_careless_log_line_is_noticed():
    with captured_log() as log:
        logging.getLogger("careless").warning("no route to Lin Jinsi")

    assert found_in(log.getvalue(), [Canary("name", "Lin Jinsi")], "log") == ["log: name"]


@pytest.mark.django_db
def test_careless_address_is_noticed():
    with captured_addresses() as addresses:
        Client().get("/nowhere/", {"phone": PHONE})
        Client().get(f"/account/{NAME}/")

    assert found_in("\n".join(addresses), SEEDED, "address") == ["address: phone", "address: name"]
