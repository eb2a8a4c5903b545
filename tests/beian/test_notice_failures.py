"""Why a message failed is kept encrypted: a provider may name people."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from beian import clock
from beian.models import Notice
from tests.canary.canaries import Canary
from tests.canary.scans import scan_database

pytestmark = pytest.mark.django_db

WORDS = "查无 Lin Jinsi 此人"
SEEDED = [Canary("name", "Lin Jinsi")]


def make_notice(failure: str) -> Notice:
    now = clock.now()
    return Notice.objects.create(
        event_key="e", channel="sms", failure=failure, next_attempt_at=now, created_at=now
    )


def test_failure_is_not_readable_in_the_database():
    notice = make_notice(WORDS)

    assert scan_database(SEEDED) == []
    assert Notice.objects.get(pk=notice.pk).failure == WORDS


def test_failure_of_an_earlier_release_is_encrypted_and_reads_as_before():
    make_notice("")
    migration = import_module("beian.migrations.0007_encrypt_notice_failure")
    loader = MigrationExecutor(connection).loader
    before = loader.project_state([("beian", "0006_attention")]).apps
    with connection.cursor() as cursor:
        cursor.execute("UPDATE beian_notice SET failure = %s", [WORDS])

    migration.encrypt(before, None)

    assert scan_database(SEEDED) == []
    assert Notice.objects.get().failure == WORDS
    migration.decrypt(before, None)
    assert scan_database(SEEDED) == ["beian_notice.failure: name"]
