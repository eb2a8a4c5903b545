"""`verify_audit` notices what was changed behind the product's back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from beian.actions.audit_seals import seal_rows
from orders.audit_check import APPEND_ONLY, SEALED, check_audit
from orders.models import FilingOrder, Submission
from tests.builders import make_applicant, make_order
from tests.orders.trail import fill_trail, key_column
from tests.unguarded import drop_guards, run_sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_order(make_applicant(), state="initial_review")


def problems() -> list[str]:
    return [problem for found in check_audit() for problem in found.problems]


GUARDS = (
    ("append_only", "no_truncate")
    if connection.vendor == "postgresql"
    else ("no_update", "no_delete")
)


def test_untouched_trail_is_whole_and_its_limits_are_told(order):
    out = StringIO()
    call_command("verify_audit", stdout=out)

    assert problems() == []
    assert out.getvalue().count("✓") == out.getvalue().count("not proved:") == 5


def without_guards(table: str) -> list[str]:
    return [f"{table}: {table}_{name} is missing, or not what it was" for name in GUARDS]


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_table_without_its_guards_is_noticed(order, table):
    drop_guards(table)

    assert problems() == without_guards(table)
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit", stdout=StringIO())


def test_removed_event_is_noticed(order):
    drop_guards("orders_orderevent")
    run_sql("DELETE FROM orders_orderevent WHERE sequence = 1")

    assert f"{order.number}: history has gaps" in problems()


def test_state_changed_without_an_event_is_noticed(order):
    rows = FilingOrder.objects.filter(pk=order.pk)
    rows.update(state="pending_bureau_submission")

    assert problems() == [
        f"{order.number}: state pending_bureau_submission is not where its history ends"
    ]


def test_changed_submission_is_noticed(order):
    drop_guards("orders_submission")
    Submission.objects.update(rule_set_version="another")

    assert problems() == [
        *without_guards("orders_submission"),
        f"{order.number}, round 1: seal broken",
    ]


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_rows_refuse_changes_in_the_database(order, table, change):
    fill_trail(order)
    seal_rows(SEALED)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(change.format(table, key_column(table)))


@pytest.mark.postgres
@pytest.mark.parametrize("table", APPEND_ONLY)
def test_tables_refuse_to_be_emptied(order, table):
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run_sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgres
@pytest.mark.parametrize(
    "instead",
    [
        "CREATE OR REPLACE FUNCTION beian_auditentry_append_only() RETURNS trigger AS "
        "$$ BEGIN RETURN NEW; END; $$ LANGUAGE plpgsql",
        "DROP TRIGGER beian_auditentry_append_only ON beian_auditentry; "
        "CREATE TRIGGER beian_auditentry_append_only BEFORE DELETE ON beian_auditentry "
        "FOR EACH ROW EXECUTE FUNCTION beian_auditentry_append_only()",
        "DROP TRIGGER beian_auditentry_append_only ON beian_auditentry; "
        "CREATE TRIGGER beian_auditentry_append_only BEFORE UPDATE OR DELETE ON beian_auditentry "
        "FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION beian_auditentry_append_only()",
    ],
    ids=["function", "event", "condition"],
)
def test_guard_that_guards_less_than_it_did_is_noticed(order, instead):
    run_sql(instead)

    assert without_guards("beian_auditentry")[0] in problems()
