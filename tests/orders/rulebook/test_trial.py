"""What an edit would change is said before it is published: on samples and on the last orders."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from beian import clock
from orders import workflow
from orders.actions.order_retention import erase_order
from orders.actions.rule_edits import publish_rule_edit
from orders.actions.rule_trials import ask_rule_trial, run_trials
from orders.enums import OrderState
from orders.models import RuleEdit
from orders.rulebook import trial
from orders.rulebook.samples import ORDER_TYPE, Sample, samples
from orders.rulebook.trial import pair_of, try_edit
from orders.workflow import Refused
from rules.engine import evaluate
from rules.finding import Finding
from rules.loader import shipped_rule_set
from rules.regions import provinces
from rules.vocabulary import MATERIALS
from tests.builders import client_of, make_applicant, make_order
from tests.orders.rulebook.stage import names_of, propose, publish, row_of, save, shipped_row

pytestmark = pytest.mark.django_db

# Every province has a rule of its own in its place.
UNMET = "N04"


def ask(author, edit):
    return ask_rule_trial(author.actor, edit_id=edit.pk)


def found_in(sample: Sample, province: str) -> list[Finding]:
    return evaluate(
        sample.facts_in(province, clock.today()),
        province=province,
        order_type=sample.order_type,
        today=clock.today(),
        materials=sample.materials,
    )


def test_samples_bring_papers_that_there_are():
    assert {key for sample in samples().values() for key in sample.materials} <= set(MATERIALS)


def test_samples_meet_every_rule_that_can_find_anything():
    """What no sample reaches is listed, and the list only shrinks."""
    met = {
        finding.rule
        for sample in samples().values()
        for province in provinces()
        for finding in found_in(sample, province)
        if not finding.unknown
    }

    rules = [rule for rule in shipped_rule_set().rules if rule.kind and rule.kind.abouts()]
    finding = {rule.row.id for rule in rules if rule.row.enabled and rule.row.outcome != "ok"}
    assert finding - met == {UNMET}


def test_complete_samples_are_stopped_by_no_rule():
    for key in ("enterprise", "personal", "institution"):
        facts = samples()[key].facts_in("33", clock.today())
        found = evaluate(facts, province="33", order_type=ORDER_TYPE, today=clock.today())

        assert [finding.rule for finding in found if finding.blocks] == []


def provinces_without_own(slot: str, nature: str) -> list[str]:
    """Those in which the national rule of the slot speaks to such a subject."""
    rules = [rule for rule in shipped_rule_set().rules if rule.slot == slot]
    own = {rule.province for rule in rules if nature in rule.natures}
    return [code for code in provinces() if code not in own]


def test_trial_tells_which_samples_and_orders_change(life, author):
    life.submit()

    found = try_edit(save(author.actor, names_of(8)))

    assert (found["orders"], found["changed"]) == (1, 1)
    assert found["listed"][0]["number"] == life.order.number
    assert found["sorts"] == [["appears", "N19", "block", 1]]
    (enterprise,) = [each for each in found["samples"] if each["sample"] == "enterprise"]
    assert enterprise["provinces"] == provinces_without_own("name_shape", "enterprise")
    assert [change["sign"] for change in enterprise["changes"]] == ["appears"]
    assert "personal" not in {each["sample"] for each in found["samples"]}


def test_trial_keeps_nothing_that_was_typed_in_an_order(life, author):
    life.submit()
    subject = life.order.dossier.subject

    found = str(try_edit(save(author.actor, names_of(20))))

    assert subject.name not in found
    assert life.order.dossier.services[0].name not in found


def signs_of(sample: str, found: dict) -> set[tuple[str, ...]]:
    """How the findings of a sample differ, in one province or another."""
    return {
        tuple(change["sign"] for change in each["changes"])
        for each in found["samples"]
        if each["sample"] == sample
    }


def test_finding_that_goes_and_one_that_is_reworded_are_told_apart(life, author):
    gone = try_edit(save(author.actor, names_of(2)))
    reworded = row_of("N19/shape")
    reworded["text"] = {
        **reworded["text"],
        "too_short": {
            **reworded["text"]["too_short"],
            "remedy_zh": "请换一个较长的名称。",
        },
    }
    edit = RuleEdit(rule_key="N19/shape", row=reworded)

    # Provinces that refuse such a name with a less sure rule refuse it alone then.
    assert signs_of("short_name", gone) == {("goes",), ("less_sure",)}
    (short,) = [each for each in try_edit(edit)["samples"] if each["sample"] == "short_name"]
    assert [change["sign"] for change in short["changes"]] == ["reworded"]


def test_rule_of_a_province_is_tried_on_its_own_orders(life, author):
    life.submit()
    row = {**shipped_row(), "id": "44-97", "params": {"min_length": 20}}

    found = try_edit(save(author.actor, row))

    assert found["orders"] == 0
    assert {province for each in found["samples"] for province in each["provinces"]} == {"44"}


def given_up():
    """Two orders that were submitted once."""
    applicant = make_applicant()
    return [make_order(applicant, state=OrderState.ABANDONED, round=1) for _order in range(2)]


def test_erased_orders_are_not_looked_at(author):
    _kept, erased = given_up()
    with transaction.atomic():
        erase_order(workflow.locked(erased.pk))

    assert try_edit(save(author.actor, names_of(20)))["orders"] == 1


def test_as_many_orders_are_looked_at_as_the_setting_says(author, change_setting):
    given_up()
    change_setting("rule_trial.orders", 1)

    assert try_edit(save(author.actor, names_of(20)))["orders"] == 1


def test_trial_stops_when_its_time_is_up(author, monkeypatch, change_setting):
    given_up()
    change_setting("rule_trial.seconds", 5)
    monkeypatch.setattr(trial, "monotonic", iter([0.0, 4.0, 6.0]).__next__)

    found = try_edit(save(author.actor, names_of(20)))

    assert (found["orders"], found["seconds_up"]) == (1, True)


def test_edit_that_takes_an_overlay_back_is_tried_against_it(author, publisher):
    publish(author.actor, publisher.actor, names_of(20))

    pair = pair_of(save(author.actor, shipped_row()))

    lengths = [
        next(rule.kind.min_length for rule in rules.rules if rule.row.key == "N19/shape")
        for rules in (pair.before, pair.after)
    ]
    assert lengths == [20, 3]


def test_worker_answers_once_to_what_was_asked(author):
    edit = ask(author, propose(author.actor, names_of(4)))
    assert edit.is_being_tested

    assert (run_trials(), run_trials()) == (1, 0)

    edit.refresh_from_db()
    assert edit.is_tested


def test_content_that_changed_while_it_was_tested_is_tested_again(author, monkeypatch):
    edit = ask(author, save(author.actor, names_of(4)))

    def change_meanwhile(tested):
        save(author.actor, names_of(5), version=tested.version)
        return {"orders": 0}

    monkeypatch.setattr("orders.actions.rule_trials.try_edit", change_meanwhile)
    run_trials()

    edit.refresh_from_db()
    assert edit.is_being_tested
    assert edit.trial is None


def test_trial_that_fails_is_told_and_not_repeated_for_ever(author, monkeypatch):
    edit = ask(author, save(author.actor, names_of(4)))

    def fail(_edit):
        raise ZeroDivisionError

    monkeypatch.setattr("orders.actions.rule_trials.try_edit", fail)
    with pytest.raises(ZeroDivisionError):
        run_trials()

    edit.refresh_from_db()
    assert not edit.is_being_tested
    assert not edit.is_tested
    assert run_trials() == 0
    page = client_of(author.user).get(reverse("orders:rule-edit", args=[edit.pk])).text
    assert "试算中断了，没有结果（ZeroDivisionError）" in page
    assert "还没有试算" not in page


def test_trial_that_fails_does_not_keep_the_others_waiting(author, monkeypatch):
    failing = ask(author, save(author.actor, names_of(4)))
    other = ask(author, save(author.actor, row_of("N01", enabled=False)))

    def fail_once(edit):
        return {"orders": 0} if edit.pk == other.pk else 1 // 0

    monkeypatch.setattr("orders.actions.rule_trials.try_edit", fail_once)
    with pytest.raises(ZeroDivisionError):
        run_trials()

    other.refresh_from_db()
    failing.refresh_from_db()
    assert (other.is_tested, failing.trial_fault) == (True, "broken")


def test_edit_whose_trial_failed_is_not_published(author, publisher, monkeypatch):
    edit = ask(author, propose(author.actor, names_of(4)))
    monkeypatch.setattr("orders.actions.rule_trials.try_edit", lambda _edit: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        run_trials()

    with pytest.raises(Refused, match=r"^publish: "):
        publish_rule_edit(
            publisher.actor, edit_id=edit.pk, version=edit.version, effective_from=clock.today()
        )


def test_two_workers_do_not_run_the_same_trial(author, monkeypatch):
    ask(author, save(author.actor, names_of(4)))
    seen = []

    def second_worker(_edit):
        seen.append(run_trials())
        return {"orders": 0}

    monkeypatch.setattr("orders.actions.rule_trials.try_edit", second_worker)

    assert run_trials() == 1
    assert seen == [0]


def test_worker_holds_no_trial_but_the_one_it_runs(author, monkeypatch):
    first = ask(author, save(author.actor, names_of(4)))
    second = ask(author, save(author.actor, row_of("N01", enabled=False)))
    tested, others = [], []

    def second_worker(edit):
        tested.append(edit.pk)
        if edit.pk == first.pk:
            others.append(run_trials())
        return {"orders": 0}

    monkeypatch.setattr("orders.actions.rule_trials.try_edit", second_worker)

    assert (run_trials(), others) == (1, [1])
    assert tested == [first.pk, second.pk]


def test_trial_of_a_worker_that_died_is_taken_up_again(author, at):
    edit = ask(author, save(author.actor, names_of(4)))
    RuleEdit.objects.filter(pk=edit.pk).update(trial_begun_at=clock.now())
    assert run_trials() == 0

    at(clock.now() + timedelta(minutes=10))

    assert run_trials() == 1


def test_rule_that_no_sample_meets_is_told(author):
    elsewhere = next(rule.row.key for rule in shipped_rule_set().rules if rule.kind is None)
    edit = save(author.actor, row_of(elsewhere, enabled=False))

    RuleEdit.objects.filter(pk=edit.pk).update(
        trial=try_edit(edit), trial_version=edit.version, trial_asked_at=clock.now()
    )

    page = client_of(author.user).get(reverse("orders:rule-edit", args=[edit.pk])).text
    assert "没有样例涉及这条规则" in page
    assert "样例的结果都不变" not in page


def test_trial_looks_at_nothing_that_the_rule_says_nothing_of(author, monkeypatch):
    judged = []

    def note(sample, province):
        judged.append((sample.key, province))
        return lambda _rules: []

    monkeypatch.setattr(trial, "_judge_of_sample", note)
    try_edit(save(author.actor, {**shipped_row("N32/personal"), "id": "44-97", "part": ""}))

    assert set(judged) == {("person_migrates", "44")}


def test_rule_that_samples_meet_and_that_changes_nothing_is_told_so(author):
    title = {"zh": "负责人须成年。", "en": "A responsible person is of age."}

    unchanged = try_edit(save(author.actor, row_of("N11/principal", title=title)))

    assert (unchanged["samples"], unchanged["is_met"]) == ([], True)


def test_published_edit_is_tested_no_more(author, publisher):
    edit = publish(author.actor, publisher.actor, names_of(4))

    with pytest.raises(Refused, match=r"^trial: "):
        ask(author, edit)
