"""Copying resources: once per wish, and an inventory that hangs is left alone for a while."""

import pytest
from structlog.testing import capture_logs

from beian.actions import inventory
from beian.actions.inventory import request_inventory, sync_requested_inventories
from beian.models import Account
from beian.ports.base import DeliveryFailed
from tests.builders import make_applicant

pytestmark = pytest.mark.django_db
FIRST, SECOND = "第一示例", "第二示例"


class Inventory:
    """Hangs as often as told and remembers whom it was asked about."""

    def __init__(self):
        self.hangs, self.asked = 0, []

    def resources(self, *, account_ref):
        self.asked.append(Account.objects.get(pk=account_ref).name)
        if self.hangs:
            self.hangs -= 1
            raise DeliveryFailed("timeout")
        return []


@pytest.fixture
def stock(monkeypatch, time_machine):
    time_machine.move_to("2026-11-23 09:00:00Z", tick=False)
    fake = Inventory()
    monkeypatch.setattr(inventory, "port", lambda name: {"inventory": fake}[name])
    return fake


def ask_for(name: str, phone: str) -> Account:
    account = make_applicant(phone=phone, account_name=name).account
    request_inventory(account)
    return account


def test_account_that_asked_is_synced_once(stock):
    ask_for(FIRST, "13800000034")

    assert [sync_requested_inventories() for _run in range(2)] == [1, 0]
    assert stock.asked == [FIRST]


def test_inventory_that_hangs_is_asked_once_for_all_and_the_others_come_first(stock, time_machine):
    ask_for(FIRST, "13800000034")
    ask_for(SECOND, "13800000035")
    stock.hangs = 1

    with capture_logs() as logs:
        assert [sync_requested_inventories() for _run in range(2)] == [0, 0]
    assert [entry["reason"] for entry in logs if "inventory" in entry["event"]] == ["timeout"]
    assert len(stock.asked) == 1

    time_machine.move_to("2026-11-23 09:00:30Z", tick=False)
    assert sync_requested_inventories() == 2
    failed, second, third = stock.asked
    assert (second, third) == (({FIRST, SECOND} - {failed}).pop(), failed)


def test_account_another_worker_has_taken_is_not_asked_about(stock):
    account = ask_for(FIRST, "13800000034")
    seen = Account.objects.get(pk=account.pk)
    stock.hangs = 1
    sync_requested_inventories()

    assert inventory._sync(seen) is False
    assert stock.asked == [FIRST]
