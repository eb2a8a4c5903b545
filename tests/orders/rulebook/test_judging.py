"""What was submitted is judged by the rules it was submitted under, after every change of them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.cache import cache

from orders.actions.submit import submit_order
from orders.agreements import required_of
from orders.findings import blocking_now, findings_of
from orders.models import ShippedRules, Submission
from orders.rulebook import in_force, judging
from orders.rulebook.judging import judging_of, keep_shipped
from orders.workflow import Refused
from rules import wordlists
from rules.loader import shipped_rule_set
from rules.overlay import rule_of
from rules.rule_set import RuleSet
from tests.life import Life, make_ready_personal_order
from tests.orders.rulebook.stage import names_of, publish, row_of
from tests.statements import recorded
from tests.unguarded import allow_changes

pytestmark = pytest.mark.django_db


@pytest.fixture
def install(monkeypatch) -> Iterator:
    """Another release: the shipped rules with these rows in the place of their own."""

    def forget() -> None:
        in_force._layered.cache_clear()
        judging._rules_of_release.cache_clear()

    def put(version, *rows) -> RuleSet:
        changed = {each.row.key: each for each in map(rule_of, rows)}
        rules = {each.row.key: each for each in shipped_rule_set().rules} | changed
        rule_set = RuleSet(rules.values(), version=version)
        monkeypatch.setattr(in_force, "shipped_rule_set", lambda: rule_set)
        forget()
        return rule_set

    yield put
    forget()


@contextmanager
def stale_list(monkeypatch):
    """A process that goes on with what it read before."""
    known = in_force.published_stamps()
    with monkeypatch.context() as patch:
        patch.setattr(in_force, "published_stamps", lambda: known)
        yield


def name_blocks(found):
    return [each.about for each in found if each.kind == "name_shape" and each.blocks]


def test_upgrade_does_not_judge_what_was_submitted_before_it(life, install):
    life.submit()
    life.pass_review()

    install("a stricter release", names_of(20))

    assert name_blocks(findings_of(life.order)) == ["too_short"]
    assert blocking_now(life.order) == []
    life.hand_over()


def test_edit_of_the_time_is_laid_over_the_rules_of_the_time(life, install, author, publisher):
    publish(author.actor, publisher.actor, names_of(2))
    life.submit()
    submission = life.order.submission

    install("a stricter release", names_of(20), row_of("N01", enabled=False))

    rules = {each.row.key: each for each in judging_of(submission).rule_set.rules}
    assert rules["N19/shape"].kind.min_length == 2
    assert rules["N01"].row.enabled
    assert judging_of(submission).rule_set.version == submission.rule_set_version


def test_rules_are_kept_once_for_all_submissions_of_a_release(life, install):
    first = shipped_rule_set().version
    keep_shipped()
    install("the next release")
    life.submit()
    with recorded() as statements:
        keep_shipped()

    assert len(statements) == 1
    assert {row.version for row in ShippedRules.objects.all()} == {first, "the next release"}
    assert life.order.submission.shipped_rules_id == "the next release"


def test_word_of_a_later_list_does_not_stop_it(life, install, monkeypatch):
    life.submit()
    life.pass_review()
    name = life.order.dossier.services[0].name
    install("the next release")

    later = json.loads(json.dumps(ShippedRules.objects.get().content["words"]))
    for table in later.values():
        table["words"] = [*table["words"], name]
    monkeypatch.setattr(wordlists, "_shipped", lambda: wordlists.built(later))

    assert any(each.kind == "name_words" and each.blocks for each in findings_of(life.order))
    assert blocking_now(life.order) == []


def test_facts_are_built_with_the_lists_of_the_time(
    bureau, install, monkeypatch, author, publisher
):
    publish(author.actor, publisher.actor, {**row_of("12-12"), "id": "33-97", "outcome": "block"})
    life = Life(bureau, make=make_ready_personal_order)
    life.submit()
    install("the next release")

    later = json.loads(json.dumps(ShippedRules.objects.get().content["words"]))
    later["personal_declarations"]["words"] = ["本站没有单位内容"]
    monkeypatch.setattr(wordlists, "_shipped", lambda: wordlists.built(later))

    assert "declaration_missing" in [each.about for each in findings_of(life.order)]
    assert blocking_now(life.order) == []


def test_row_that_the_release_cannot_read_any_more_gives_way_to_its_own(life, install):
    life.submit()
    kept = ShippedRules.objects.get()
    for row in kept.content["rules"]:
        if row["id"] == "N19" and row["part"] == "shape":
            row["params"] = {"least": 3}
    with allow_changes("orders_shippedrules"):
        kept.save()
    install("the next release", names_of(7))

    rules = {each.row.key: each for each in judging_of(life.order.submission).rule_set.rules}

    assert rules["N19/shape"].kind.min_length == 7


def test_process_with_an_older_list_freezes_the_rules_it_judged_by(
    life, monkeypatch, author, publisher
):
    with stale_list(monkeypatch):
        publish(author.actor, publisher.actor, names_of(20))
        life.submit()
    in_force.forget_published()

    submission = life.order.submission
    assert judging_of(submission).rule_set.version == submission.rule_set_version
    assert blocking_now(life.order) == []


def test_submitting_asks_for_what_was_published_a_moment_ago(life, author, publisher):
    known = in_force.published_stamps()
    publish(author.actor, publisher.actor, names_of(20))
    cache.set(in_force._CACHE_KEY, known, 600)

    order = life.order
    agreed = required_of(order)
    with pytest.raises(Refused):
        submit_order(life.applicant.actor, order.pk, version=order.version, agreed=agreed)
    cache.clear()


def test_submission_from_before_rules_were_kept_is_judged_by_its_moment(
    life, install, author, publisher
):
    life.submit()
    submission = life.order.submission
    with allow_changes("orders_submission"):
        Submission.objects.update(shipped_rules=None)
    submission.refresh_from_db()
    publish(author.actor, publisher.actor, names_of(20))

    assert judging_of(submission).edits == ()
    assert submission.is_intact()


def test_kept_rules_take_one_read_of_a_process(life, install):
    life.submit()
    install("the next release")

    with recorded() as statements:
        for _look in range(3):
            judging_of(life.order.submission)

    assert sum("orders_shippedrules" in sql for sql, _values in statements.run) == 1
