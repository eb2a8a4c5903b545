"""After an upgrade a command tells which edits somebody has to decide about."""

import io

import pytest
from django.core.management import CommandError, call_command

from orders.models import RuleEdit
from orders.rulebook import in_force
from tests.orders.rulebook.stage import names_of, publish

pytestmark = pytest.mark.django_db


def told():
    out = io.StringIO()
    try:
        call_command("check_rule_edits", stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_edits_of_unchanged_rules_are_fine(author, publisher):
    publish(author.actor, publisher.actor, names_of(4))

    assert told() == ("no conflicts\n", "")


def test_changed_shipped_rule_is_told_by_its_key(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(4))
    RuleEdit.objects.filter(pk=edit.pk).update(base_digest="of an older release")

    out, error = told()

    assert out.startswith("N19/shape: in force since ")
    assert "/desk/rules/" in error


def test_row_that_cannot_be_read_is_told_with_its_fault(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(4))
    RuleEdit.objects.filter(pk=edit.pk).update(row={**edit.row, "params": {"least": 4}})
    in_force._layered.cache_clear()

    out, _error = told()

    assert "N19/shape: not in force" in out
    assert "params.least" in out
    in_force._layered.cache_clear()
