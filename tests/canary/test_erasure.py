"""After an order's term nothing of its persons is readable, even with every key there is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from beian import clock
from beian.actions.notices import relay_notices
from beian.actors import SYSTEM
from beian.crypto.rotation import encrypted_columns
from beian.models import DataKey
from orders import workflow
from orders.actions.erasure_warning import warn_of_erasures
from orders.actions.order_retention import erase_orders
from orders.actions.picture_retention import erase_pictures
from tests.canary.applicant import ApplicantAtWork, the_order
from tests.canary.canaries import found_in
from tests.canary.desk import Desk
from tests.canary.people import SEEDED
from tests.canary.scans import scan_database, scan_folder
from verification.document_store import all_files

pytestmark = pytest.mark.django_db

# Of the account, whose holder is one of the persons: it goes when the account is closed.
OF_THE_ACCOUNT = {"beian_user", "beian_account"}


def decrypted() -> Iterator[tuple[str, str]]:
    """Every encrypted column as whoever has the master key reads it."""
    for model, columns in encrypted_columns():
        names = [column.name for column in columns]
        for row in model._base_manager.values_list(*names):
            for column, value in zip(columns, row, strict=True):
                if value and model._meta.db_table not in OF_THE_ACCOUNT:
                    yield column.context(), value


def readable() -> list[str]:
    found = (line for place, text in decrypted() for line in found_in(text, SEEDED, place))
    return sorted(set(found))


def living_keys() -> int:
    return DataKey.objects.filter(destroyed_at=None).count()


def test_nothing_of_the_persons_is_readable_after_the_term(
    settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.FILES_DIR = tmp_path / "files"
    applicant, desk = ApplicantAtWork(), Desk()
    applicant.fill_in()
    applicant.object_to_a_rule()
    applicant.submit()
    desk.take()
    desk.waive()
    desk.comment()
    desk.answer_checklist()
    desk.decide("ask_supplement")
    applicant.explain()
    order = the_order()
    since = workflow.apply(order.pk, "expire", SYSTEM).state_entered_at
    relay_notices(limit=1000)
    assert readable() != []

    with django_capture_on_commit_callbacks(execute=True):
        for days, run in ((23, warn_of_erasures), (30, erase_pictures), (53, warn_of_erasures)):
            _go_to(monkeypatch, since, days)
            assert run() == 1
        relay_notices(limit=1000)
        _go_to(monkeypatch, since, 60)
        assert erase_orders() == 1

    assert the_order().is_erased
    assert readable() == []
    assert living_keys() == 0
    assert list(all_files()) == []
    assert scan_database(SEEDED) == []
    assert scan_folder(Path(django_settings.FILES_DIR), SEEDED) == []


def _go_to(monkeypatch, since: datetime, days: int) -> None:
    monkeypatch.setattr(clock, "now", lambda: since + timedelta(days=days))
