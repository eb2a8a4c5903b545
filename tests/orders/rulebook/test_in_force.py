"""Which rules hold when: an edit from its day on, an order by the rules of its submission."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from beian import clock
from orders.findings import blocking_now, findings_of
from orders.reasons import reasons
from orders.rulebook import in_force
from orders.rulebook.content import conflicts
from orders.rulebook.in_force import layered_at, rules_at, rules_in_force
from rules.loader import load_rule_set, shipped_rule_set
from tests.orders.rulebook.stage import names_of, publish, row_of
from tests.rules.cases import CLEAN_ENTERPRISE
from tests.rules.rule_files import rule, write_rules
from tests.statements import recorded

pytestmark = pytest.mark.django_db


def midnight(days):
    """The first instant in Shanghai of the day so many days ahead."""
    day = clock.today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=clock.SHANGHAI)


def least_at(moment):
    rules = {rule.row.key: rule for rule in rules_at(moment).rules}
    return rules["N19/shape"].kind.min_length


def test_edit_holds_from_the_midnight_of_its_day(author, publisher):
    publish(author.actor, publisher.actor, names_of(5), clock.today() + timedelta(days=2))

    assert least_at(midnight(2) - timedelta(microseconds=1)) == 3
    assert least_at(midnight(2)) == 5


def test_edit_that_begins_today_did_not_hold_before_it_was_published(author, publisher):
    before = clock.now()
    edit = publish(author.actor, publisher.actor, names_of(5))

    assert least_at(before) == 3
    assert least_at(edit.published_at) == 5


def test_later_of_two_edits_holds_and_the_earlier_until_then(author, publisher):
    publish(author.actor, publisher.actor, names_of(4), clock.today() + timedelta(days=1))
    publish(author.actor, publisher.actor, names_of(5), clock.today() + timedelta(days=3))

    assert [least_at(midnight(days)) for days in range(1, 5)] == [4, 4, 5, 5]


def test_version_changes_when_an_edit_begins(author, publisher):
    publish(author.actor, publisher.actor, names_of(5), clock.today() + timedelta(days=1))

    assert rules_in_force().version == shipped_rule_set().version
    assert rules_at(midnight(1)).version != shipped_rule_set().version


def block_names(order):
    return [each.about for each in findings_of(order) if each.kind == "name_shape" and each.blocks]


def test_draft_is_judged_by_the_rules_of_today(life, author, publisher):
    assert block_names(life.order) == []

    publish(author.actor, publisher.actor, names_of(20))

    assert block_names(life.order) == ["too_short"]


def test_submitted_order_is_judged_by_the_rules_of_its_submission(life, author, publisher):
    life.submit()
    frozen = life.order.submission
    publish(author.actor, publisher.actor, names_of(20))
    life.pass_review()

    assert blocking_now(life.order) == []
    assert frozen.rule_set_version == shipped_rule_set().version != rules_in_force().version
    life.hand_over()


def test_order_submitted_under_an_edit_records_its_version(life, author, publisher):
    publish(author.actor, publisher.actor, row_of(params={"min_length": 2}))

    life.submit()

    assert life.order.submission.rule_set_version == rules_in_force().version
    assert life.order.submission.rule_set_version != shipped_rule_set().version


def test_shipped_rule_that_begins_after_the_submission_does_not_judge_it(
    life, monkeypatch, tmp_path
):
    day = (clock.today() + timedelta(days=10)).isoformat()
    strict = rule("N19", kind="name_shape", params="{ min_length = 20 }", valid_from=day)
    rules = load_rule_set(write_rules(tmp_path, strict, {}))
    monkeypatch.setattr(in_force, "shipped_rule_set", lambda: rules)
    in_force._layered.cache_clear()
    life.submit()
    monkeypatch.setattr(clock, "_offset", lambda: timedelta(days=20))

    assert [each for each in blocking_now(life.order) if each.kind == "name_shape"] == []
    assert block_names(life.order) == ["too_short"]
    in_force._layered.cache_clear()


def test_texts_of_the_portal_quote_the_figure_in_force(author, publisher):
    words = {code: dict(each.text) for code, each in reasons().items()}
    publish(
        author.actor,
        publisher.actor,
        row_of(
            "N11/principal",
            params={
                **row_of("N11/principal")["params"],
                "months": 77,
            },
        ),
    )

    changed = {code for code, each in reasons().items() if dict(each.text) != words[code]}
    assert changed
    assert all("77" in reasons()[code].text["zh"] for code in changed)


def test_table_is_read_once_for_many_looks(author, publisher):
    publish(author.actor, publisher.actor, names_of(5))
    rules_in_force()
    in_force.forget_published()

    with recorded() as statements:
        for _look in range(5):
            rules_in_force()

    assert len(statements) == 1


def test_edit_that_this_release_cannot_read_leaves_the_shipped_rule(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(5))
    type(edit).objects.filter(pk=edit.pk).update(row={**edit.row, "params": {"least": 5}})
    in_force._layered.cache_clear()

    assert set(layered_at(clock.now()).unusable) == {"N19/shape"}
    assert least_at(clock.now()) == 3
    in_force._layered.cache_clear()


def test_changed_shipped_row_is_a_conflict_and_the_edit_holds(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(5))
    assert conflicts() == []

    type(edit).objects.filter(pk=edit.pk).update(base_digest="of an older release")

    assert conflicts() == [edit]
    assert least_at(clock.now()) == 5


def too_short(folder, *options):
    facts = {**CLEAN_ENTERPRISE, "service.name": "示例科技公司官网"}
    order = {"id": 1, "province": "33", "order_type": "first", "facts": facts}
    file = folder / "order.json"
    file.write_text(json.dumps(order), encoding="utf-8")
    printed = StringIO()
    call_command("check_rules", str(file), *options, stdout=printed)
    return [
        f["rule"] for f in json.loads(printed.getvalue())["findings"] if f["about"] == "too_short"
    ]


def test_file_of_orders_is_judged_by_the_shipped_rules_or_by_those_in_force(
    author, publisher, tmp_path
):
    publish(author.actor, publisher.actor, names_of(20))

    assert too_short(tmp_path) == []
    assert too_short(tmp_path, "--in-force") == ["N19"]
