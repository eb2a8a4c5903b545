"""Words of the bureau may quote a person's name and numbers: they are kept encrypted."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from beian import clock
from orders.models import BureauRecord, BureauResult, FilingOrder
from tests.builders import ID_NUMBER
from tests.canary.canaries import Canary
from tests.canary.scans import scan_database

pytestmark = pytest.mark.django_db

WORDS = f"负责人证件号码 {ID_NUMBER} 与姓名不符"
SEEDED = [Canary("certificate number", ID_NUMBER)]
COLUMNS = {
    "orders_filingorder": "bureau_opinion",
    "orders_bureaurecord": "answer_text",
    "orders_bureauresult": "text",
}


@pytest.fixture
def answered(life):
    """A filing with a record and a result, in none of which the bureau wrote anything."""
    life.submit()
    life.pass_review()
    life.hand_over()
    BureauResult.objects.create(result_id="r-1", kind="BAJG", received_at=clock.now())
    return life


def words() -> list[str]:
    return [
        FilingOrder.objects.get().bureau_opinion,
        BureauRecord.objects.get().answer_text,
        BureauResult.objects.get().text,
    ]


def test_words_of_the_bureau_are_not_readable_in_the_database(answered):
    FilingOrder.objects.update(bureau_opinion=WORDS)
    BureauRecord.objects.update(answer_text=WORDS)
    BureauResult.objects.update(text=WORDS)

    assert scan_database(SEEDED) == []
    assert words() == [WORDS] * 3


def test_words_of_an_earlier_release_are_encrypted_and_read_as_before(answered):
    migration = import_module("orders.migrations.0003_encrypt_bureau_words")
    state = MigrationExecutor(connection).loader.project_state([("orders", "0002_append_only")])
    with connection.cursor() as cursor:
        for table, column in COLUMNS.items():
            cursor.execute(f"UPDATE {table} SET {column} = %s", [WORDS])

    migration.encrypt(state.apps, None)

    assert scan_database(SEEDED) == []
    assert words() == [WORDS] * 3
    migration.decrypt(state.apps, None)
    assert scan_database(SEEDED) == [
        f"{table}.{column}: certificate number" for table, column in sorted(COLUMNS.items())
    ]
