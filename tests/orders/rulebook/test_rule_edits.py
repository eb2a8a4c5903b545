"""An edit of a rule takes two persons, and nobody publishes what he did not see."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from beian import clock
from beian.enums import StaffRoleName
from beian.models import AuditEntry
from beian.models.audit import AppendOnlyError
from orders.actions.rule_edits import (
    propose_rule_edit,
    publish_rule_edit,
    send_back_rule_edit,
    withdraw_rule_edit,
)
from orders.enums import RuleEditState
from orders.models import RuleEdit
from orders.workflow import Refused, Stale
from rules.loader import RuleDataError
from tests.builders import make_staff
from tests.orders.rulebook.stage import (
    NAME,
    as_tested,
    names_of,
    operator,
    propose,
    publish,
    row_of,
    save,
    shipped_row,
)

pytestmark = pytest.mark.django_db


def refused(code):
    return pytest.raises(Refused, match=f"^{code}: ")


def put_in_force(actor, edit, day=None):
    day = day or clock.today()
    return publish_rule_edit(actor, edit_id=edit.pk, version=edit.version, effective_from=day)


def test_edit_goes_from_draft_over_proposal_to_publication(author, publisher):
    edit = save(author.actor, names_of(4))
    propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)
    as_tested(edit)
    put_in_force(publisher.actor, edit)

    edit.refresh_from_db()
    assert edit.state == RuleEditState.PUBLISHED
    assert (edit.author, edit.publisher) == (author.user, publisher.user)
    assert edit.base_row == shipped_row()
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "actor_user_id")) == [
        ("begin_rule_edit", author.user.pk),
        ("propose_rule_edit", author.user.pk),
        ("publish_rule_edit", publisher.user.pk),
    ]


def test_author_does_not_publish(author):
    edit = as_tested(propose(author.actor, names_of(4)))

    with refused("publish"):
        put_in_force(author.actor, edit)

    assert RuleEdit.objects.get().state == RuleEditState.PROPOSED


def test_database_refuses_an_edit_that_its_author_published(author):
    edit = as_tested(propose(author.actor, names_of(4)))
    rows = RuleEdit.objects.filter(pk=edit.pk)

    with pytest.raises(IntegrityError, match="rule_edit_two_persons"), transaction.atomic():
        rows.update(publisher_id=author.user.pk)


def test_database_refuses_a_publication_by_nobody(author):
    edit = as_tested(propose(author.actor, names_of(4)))
    rows = RuleEdit.objects.filter(pk=edit.pk)

    with pytest.raises(IntegrityError, match="published_by_somebody"), transaction.atomic():
        rows.update(state=RuleEditState.PUBLISHED)


def test_only_operators_edit():
    reviewer = make_staff(StaffRoleName.SENIOR_REVIEWER, name="reviewer-9")

    with refused("role"):
        save(reviewer.actor, names_of(4))


def test_colleague_does_not_write_into_somebody_elses_draft(author, publisher):
    edit = save(author.actor, names_of(4))

    with refused("author"):
        save(publisher.actor, names_of(5), version=edit.version)


def test_two_drafts_of_one_rule_cannot_be(author):
    save(author.actor, names_of(4))

    with pytest.raises(Stale):
        save(author.actor, names_of(5))


def test_older_page_of_a_draft_does_not_overwrite_it(author):
    edit = save(author.actor, names_of(4))
    save(author.actor, names_of(5), version=edit.version)

    with pytest.raises(Stale):
        save(author.actor, names_of(6), version=edit.version)

    assert RuleEdit.objects.get().row["params"] == {"min_length": 5}


def test_proposed_edit_is_not_written_any_more(author):
    edit = propose(author.actor, names_of(4))

    with refused("author"):
        save(author.actor, names_of(5), version=edit.version)


def test_what_is_published_is_what_was_looked_at(author, publisher):
    looked_at = as_tested(propose(author.actor, names_of(4)))
    version = looked_at.version
    edit = send_back_rule_edit(
        publisher.actor, edit_id=looked_at.pk, version=version, note="请写明来源。"
    )
    assert edit.returned_note == "请写明来源。"
    again = save(author.actor, names_of(5), version=edit.version)
    propose_rule_edit(author.actor, edit_id=again.pk, version=again.version)
    as_tested(again)

    with pytest.raises(Stale):
        publish_rule_edit(
            publisher.actor, edit_id=again.pk, version=version, effective_from=clock.today()
        )


def test_edit_that_was_not_tested_is_not_published(author, publisher):
    edit = propose(author.actor, names_of(4))

    with refused("publish"):
        put_in_force(publisher.actor, edit)


def test_edit_tested_before_its_last_change_is_not_published(author, publisher):
    edit = as_tested(save(author.actor, names_of(4)))
    edit = save(author.actor, names_of(5), version=edit.version)
    edit = propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)

    with refused("publish"):
        put_in_force(publisher.actor, edit)


def test_day_in_the_past_is_refused(author, publisher):
    edit = as_tested(propose(author.actor, names_of(4)))

    with refused("effective_from"):
        put_in_force(publisher.actor, edit, clock.today() - timedelta(days=1))


def test_later_edit_does_not_begin_before_an_earlier_one(author, publisher):
    in_a_week = clock.today() + timedelta(days=7)
    publish(author.actor, publisher.actor, names_of(4), in_a_week)
    edit = as_tested(propose(author.actor, names_of(5)))

    with refused("effective_from"):
        put_in_force(publisher.actor, edit, in_a_week - timedelta(days=1))


def test_row_that_says_the_same_is_no_edit(author):
    with refused("same"):
        save(author.actor, row_of(NAME))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"params": {"min_length": "many"}}, "params.min_length"),
        ({"source": {"title": "示例来源"}}, "source.retrieved"),
        ({"text": {}}, "text"),
    ],
)
def test_row_that_the_loader_would_refuse_is_not_saved(author, values, field):
    with pytest.raises(RuleDataError) as refusal:
        save(author.actor, row_of(**values))

    assert [fault.field for fault in refusal.value.faults] == [field]
    assert not RuleEdit.objects.exists()


def test_figure_that_our_texts_quote_cannot_be_left_out(author):
    row = row_of("N20/shape", params={"min_length": 3})
    row["text"].pop("too_long")
    row = json.loads(json.dumps(row).replace("{max_length}", "10"))

    with pytest.raises(RuleDataError) as refusal:
        save(author.actor, row)

    assert [fault.field for fault in refusal.value.faults] == ["params.max_length"]


def test_earlier_row_published_again_takes_the_later_one_back(author, publisher):
    first = publish(author.actor, publisher.actor, names_of(4))
    publish(author.actor, publisher.actor, names_of(5))

    publish(publisher.actor, author.actor, first.row)

    assert row_of()["params"] == {"min_length": 4}
    assert RuleEdit.objects.published().count() == 3


def test_shipped_row_published_again_leaves_no_overlay(author, publisher):
    publish(author.actor, publisher.actor, names_of(4))

    edit = publish(author.actor, publisher.actor, shipped_row())

    assert edit.row is None
    assert row_of() == shipped_row()


def test_published_edit_is_withdrawn_before_its_day_only(author, publisher):
    later = publish(author.actor, publisher.actor, names_of(4), clock.today() + timedelta(days=1))
    withdraw_rule_edit(author.actor, edit_id=later.pk, version=later.version)
    begun = publish(author.actor, publisher.actor, names_of(5))

    with refused("withdraw"):
        withdraw_rule_edit(author.actor, edit_id=begun.pk, version=begun.version)

    assert list(RuleEdit.objects.published()) == [begun]


def test_draft_of_an_absent_colleague_can_be_dropped(author, publisher):
    edit = save(author.actor, names_of(4))

    withdraw_rule_edit(publisher.actor, edit_id=edit.pk, version=edit.version)

    assert save(publisher.actor, names_of(5)).author == publisher.user


def test_edits_are_never_deleted(author):
    with pytest.raises(AppendOnlyError):
        save(author.actor, names_of(4)).delete()


def test_third_operator_may_publish_what_a_second_sent_back(author, publisher):
    edit = as_tested(propose(author.actor, names_of(4)))
    edit = send_back_rule_edit(
        publisher.actor, edit_id=edit.pk, version=edit.version, note="请再核对。"
    )
    edit = propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)

    put_in_force(operator("operator-3").actor, edit)

    assert row_of()["params"] == {"min_length": 4}
