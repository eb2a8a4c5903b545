"""`verify_audit` notices what was changed behind the product's back."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from orders.audit_check import check_audit
from orders.models import FilingOrder, Submission
from tests.builders import make_applicant, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order():
    return make_order(make_applicant(), state="initial_review")


def problems() -> list[str]:
    return [problem for found in check_audit() for problem in found.problems]


def drop_guard(table: str) -> None:
    connection.check_constraints()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_delete")


def test_untouched_trail_is_whole_and_its_limits_are_told(order):
    out = StringIO()
    call_command("verify_audit", stdout=out)

    assert problems() == []
    assert out.getvalue().count("✓") == out.getvalue().count("not proved:") == 4


def test_table_without_its_guard_is_noticed(order):
    drop_guard("beian_auditentry")

    assert problems() == ["beian_auditentry: not protected"]
    with pytest.raises(CommandError, match="not whole"):
        call_command("verify_audit", stdout=StringIO())


def test_removed_event_is_noticed(order):
    drop_guard("orders_orderevent")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM orders_orderevent WHERE sequence = 1")

    assert f"{order.number}: history has gaps" in problems()


def test_state_changed_without_an_event_is_noticed(order):
    rows = FilingOrder.objects.filter(pk=order.pk)
    rows.update(state="pending_bureau_submission")

    assert problems() == [
        f"{order.number}: state pending_bureau_submission is not where its history ends"
    ]


def test_changed_submission_is_noticed(order):
    Submission.objects.update(rule_set_version="another")

    assert problems() == [f"{order.number}, round 1: seal broken"]
