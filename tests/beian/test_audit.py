"""The audit trail is append-only, in Python and in the database."""

import pytest
from django.db import DatabaseError, connection, transaction

from beian.actors import SYSTEM
from beian.audit import record_audit
from beian.models import AuditEntry
from beian.models.audit import AppendOnlyError
from tests.builders import make_applicant

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return record_audit(SYSTEM, "look", obj=make_applicant().account, field="name", purpose="test")


def test_entry_names_act_object_and_field_without_a_value(entry):
    assert (entry.action, entry.object_type, entry.field) == ("look", "beian.account", "name")
    assert "示例" not in str(vars(entry))


def test_entry_cannot_be_saved_again_or_deleted(entry):
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE beian_auditentry SET action = 'other'", "DELETE FROM beian_auditentry"],
)
def test_database_refuses_to_change_the_trail(entry, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEntry.objects.get().action == "look"
