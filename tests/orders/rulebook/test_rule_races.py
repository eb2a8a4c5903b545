"""Two operators at one rule at the same moment: one wins, the other reads why, nothing is mixed."""

from functools import partial

import pytest

from beian import clock
from beian.models import AuditEntry
from orders.actions.rule_edits import (
    publish_rule_edit,
    save_rule_edit,
    send_back_rule_edit,
    withdraw_rule_edit,
)
from orders.enums import RuleEditState
from orders.models import RuleEdit
from orders.workflow import Refused
from tests.orders.rulebook.stage import (
    NAME,
    REASON,
    as_tested,
    names_of,
    operator,
    propose,
    row_of,
    save,
)
from tests.racing import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = 8


def outcome_of(act):
    """ "done", or the refusal's code."""
    try:
        act()
    except Refused as refusal:
        return refusal.code
    return "done"


def race_of(*acts):
    return race([partial(outcome_of, act) for act in acts])


def audited(action):
    return list(AuditEntry.objects.filter(action=action).values_list("actor_user_id", flat=True))


def publishing(actor, edit):
    return partial(
        publish_rule_edit,
        actor,
        edit_id=edit.pk,
        version=edit.version,
        effective_from=clock.today(),
    )


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_publishers_one_publishes(_round):
    edit = as_tested(propose(operator("operator-1").actor, names_of(4)))
    publishers = [operator(f"operator-{number}") for number in (2, 3)]

    answers = race_of(*(publishing(each.actor, edit) for each in publishers))

    edit.refresh_from_db()
    winner = publishers[answers.index("done")]
    assert sorted(answers) == ["done", "publish"]
    assert (edit.state, edit.publisher) == (RuleEditState.PUBLISHED, winner.user)
    assert audited("publish_rule_edit") == [winner.user.pk]
    assert row_of(NAME)["params"] == {"min_length": 4}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_publishing_against_sending_back_ends_in_one_of_them(_round):
    edit = as_tested(propose(operator("operator-1").actor, names_of(4)))
    send_back = partial(
        send_back_rule_edit,
        operator("operator-3").actor,
        edit_id=edit.pk,
        version=edit.version,
        note="请写明来源。",
    )

    answers = race_of(publishing(operator("operator-2").actor, edit), send_back)

    edit.refresh_from_db()
    is_published = answers[0] == "done"
    assert answers == (["done", "send_back"] if is_published else ["publish", "done"])
    assert edit.state == (RuleEditState.PUBLISHED if is_published else RuleEditState.DRAFT)
    assert (edit.published_at is not None) == is_published
    assert edit.returned_note == ("" if is_published else "请写明来源。")


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_publishing_against_withdrawing_leaves_no_half_of_either(_round):
    author = operator("operator-1").actor
    edit = as_tested(propose(author, names_of(4)))
    withdraw = partial(withdraw_rule_edit, author, edit_id=edit.pk, version=edit.version)

    answers = race_of(publishing(operator("operator-2").actor, edit), withdraw)

    edit.refresh_from_db()
    is_published = answers[0] == "done"
    assert answers == (["done", "withdraw"] if is_published else ["publish", "done"])
    assert edit.state == (RuleEditState.PUBLISHED if is_published else RuleEditState.WITHDRAWN)
    assert row_of(NAME)["params"] == {"min_length": 4 if is_published else 3}


def saving(actor, row, version=None):
    return partial(save_rule_edit, actor, key=NAME, row=row, reason=REASON, version=version)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_operators_who_begin_one_has_the_draft(_round):
    people = [operator(f"operator-{number}") for number in (1, 2)]
    rows = [names_of(4), names_of(5)]

    answers = race_of(*(saving(p.actor, row) for p, row in zip(people, rows, strict=True)))

    won = answers.index("done")
    assert answers[1 - won] in ("stale", "author")
    edit = RuleEdit.objects.get()
    assert (edit.author, edit.row) == (people[won].user, rows[won])
    assert audited("begin_rule_edit") == [people[won].user.pk]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_of_two_tabs_one_saves_and_the_other_is_stale(_round):
    author = operator("operator-1").actor
    edit = save(author, names_of(4))
    rows = [names_of(5), names_of(6)]

    answers = race_of(*(saving(author, row, edit.version) for row in rows))

    assert sorted(answers) == ["done", "stale"]
    kept = RuleEdit.objects.get()
    assert (kept.row, kept.version) == (rows[answers.index("done")], edit.version + 1)
    assert len(audited("change_rule_edit")) == 1
