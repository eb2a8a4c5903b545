"""The role of web, worker and beat adds to the trail and cannot change it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from beian.models import AuditSeal
from orders.audit_check import APPEND_ONLY, SEALED, check_audit
from orders.enums import OrderState
from orders.tasks import seal_audit_trail
from tests.builders import make_applicant, make_order
from tests.life import Life
from tests.orders.trail import key_column
from tests.unguarded import run_sql

pytestmark = pytest.mark.django_db
ROLE = "beian_portal"


@pytest.fixture
def order():
    made = make_order(make_applicant(), state="initial_review")
    connection.check_constraints()
    return made


@contextmanager
def as_limited_role() -> Iterator[None]:
    run_sql(f"CREATE ROLE {ROLE}")
    call_command("grant_access", ROLE, stdout=StringIO())
    run_sql(f"SET LOCAL ROLE {ROLE}")
    yield
    run_sql("RESET ROLE")


@pytest.mark.postgres
def test_limited_role_takes_an_order_to_its_filing_and_seals_the_trail(bureau):
    with as_limited_role():
        life = Life(bureau)
        life.to_bureau_review()
        bureau.decide("granted")
        life.collect()
        assert life.order.state == OrderState.FILED

        assert seal_audit_trail() > 0
        assert [problem for found in check_audit() for problem in found.problems] == []
    assert set(AuditSeal.objects.values_list("table", flat=True)) == {
        model._meta.db_table for model in SEALED
    }


@pytest.mark.postgres
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {0} SET {1} = {1}",
        "DELETE FROM {0}",
        "TRUNCATE {0}",
        "ALTER TABLE {0} DISABLE TRIGGER USER",
        "DROP TRIGGER {0}_append_only ON {0}",
        "SET LOCAL session_replication_role = replica",
    ],
)
def test_limited_role_cannot_change_the_trail(order, table, change):
    with (
        as_limited_role(),
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        run_sql(change.format(table, key_column(table)))


@pytest.mark.postgres
@pytest.mark.parametrize("role", ["nobody_like_this", "beian"])
def test_role_that_cannot_be_limited_is_refused(role):
    with pytest.raises(CommandError, match=r"no role|owns the tables"):
        call_command("grant_access", role)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="has roles")
def test_database_without_roles_is_refused():
    with pytest.raises(CommandError, match="only PostgreSQL"):
        call_command("grant_access", ROLE)
