"""What an edit would change: the findings of samples and of the last orders, before and after.

Of orders only their number and the sort of finding is kept: what was typed in them stays there.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

from django.db.models import F

from beian import clock
from beian.crypto.provider import DecryptionFailed
from beian.site_settings import setting
from orders import working_days
from orders.facts import RULE_ORDER_TYPES, order_facts, service_facts
from orders.materials import given_materials
from orders.models import RuleEdit, Submission
from orders.register_lookup import look_up
from orders.rulebook.content import base_of
from orders.rulebook.in_force import rules_in_force
from orders.rulebook.samples import Sample, samples
from rules.engine import evaluate, evaluate_services
from rules.finding import SURENESS, Finding
from rules.overlay import rule_of
from rules.regions import provinces
from rules.rule import Rule
from rules.rule_set import RuleSet
from rules.vocabulary import NATURE, SERVICE_TYPE

# Orders listed by number; the others are counted.
LISTED = 50
# Orders opened at a time: what they hold is not kept longer than needed.
TOGETHER = 20
APPEARS, GOES, REWORDED = "appears", "goes", "reworded"
# Whether it takes an objection hangs on it.
SURER, LESS_SURE = "surer", "less_sure"
# Why there is no answer: a row this release cannot read, or an error of ours.
FORMAT, BROKEN = "format", "broken"

Judge = Callable[[RuleSet], list[Finding]]
Change = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """The rules in force, and the same with the edit."""

    before: RuleSet
    after: RuleSet

    def versions_of(self, key: str) -> list[Rule]:
        """A rule as it is and as it would be, where there is one."""
        rules = (*self.before.rules, *self.after.rules)
        return [rule for rule in rules if rule.row.key == key]


def pair_of(edit: RuleEdit) -> Pair:
    """Raises RuleDataError for a row this release cannot read."""
    before = rules_in_force()
    row = edit.row if edit.row is not None else base_of(edit.rule_key).row
    others = [rule for rule in before.rules if rule.row.key != edit.rule_key]
    edited = [rule_of(row, place=edit.rule_key)] if row is not None else []
    return Pair(before, RuleSet([*others, *edited], version=f"{before.version}+"))


def changes(judge: Judge, pair: Pair) -> list[Change]:
    """How the findings of one filing differ, as rows that JSON can hold."""
    before, after = _by_place(judge(pair.before)), _by_place(judge(pair.after))
    found = [_change(APPEARS, finding) for place, finding in after.items() if place not in before]
    found += [_change(GOES, finding) for place, finding in before.items() if place not in after]
    return found + [
        _change(sign, finding)
        for place, finding in after.items()
        if place in before
        for sign in _differing(before[place], finding)
    ]


def _differing(before: Finding, after: Finding) -> Iterator[str]:
    """How a finding of the same place reads otherwise."""
    if before.confidence != after.confidence:
        is_surer = SURENESS[after.confidence] < SURENESS[before.confidence]
        yield SURER if is_surer else LESS_SURE
    if _words(before) != _words(after):
        yield REWORDED


def _by_place(findings: Iterable[Finding]) -> dict[tuple[object, ...], Finding]:
    return {(f.rule, f.kind, f.about, f.outcome, f.audience, f.paths): f for f in findings}


def _words(finding: Finding) -> tuple[object, ...]:
    return finding.message, finding.remedy, finding.source


def _change(sign: str, finding: Finding) -> Change:
    return {
        "sign": sign,
        "rule": finding.rule,
        "about": finding.about,
        "outcome": finding.outcome,
        "audience": finding.audience,
    }


def try_edit(edit: RuleEdit) -> dict[str, Any]:
    """Judge every sample and the last orders twice; looks at no more orders once the time is up."""
    pair = pair_of(edit)
    changed = list(_changed_samples(edit, pair))
    return {
        "at": clock.now().isoformat(),
        "samples": changed,
        "is_met": bool(changed) or _is_met(edit, pair),
        **_orders(edit, pair),
    }


def _is_met(edit: RuleEdit, pair: Pair) -> bool:
    """Whether the rule, as it was or as it would be, says anything of a sample: that no sample
    differs says nothing of a rule that none of them meets."""
    others = [rule for rule in pair.before.rules if rule.row.key != edit.rule_key]
    without = RuleSet(others, version=f"{pair.before.version}-")
    for sample in samples().values():
        for province in _places(edit, sample, pair):
            judge = _judge_of_sample(sample, province)
            silent = judge(without)
            if silent != judge(pair.before) or silent != judge(pair.after):
                return True
    return False


def _places(edit: RuleEdit, sample: Sample, pair: Pair) -> list[str]:
    """Where a sample is tried: a national rule everywhere, and nowhere what it says nothing of."""
    if not any(_may_concern(rule, sample) for rule in pair.versions_of(edit.rule_key)):
        return []
    return [edit.province] if edit.province else list(provinces())


def _may_concern(rule: Rule, sample: Sample) -> bool:
    """Whether the rule speaks of such an order; what it does not concern, it does not change."""
    return (
        sample.order_type in rule.order_types
        and sample.facts[NATURE] in rule.natures
        and sample.facts[SERVICE_TYPE] in rule.row.services
    )


def _changed_samples(edit: RuleEdit, pair: Pair) -> Iterator[dict[str, Any]]:
    """Samples whose findings differ, by what differs."""
    for sample in samples().values():
        found: dict[str, tuple[list[Change], list[str]]] = {}
        for province in _places(edit, sample, pair):
            differing = changes(_judge_of_sample(sample, province), pair)
            if differing:
                found.setdefault(str(differing), (differing, []))[1].append(province)
        for differing, where in found.values():
            yield {"sample": sample.key, "provinces": where, "changes": differing}


def _judge_of_sample(sample: Sample, province: str) -> Judge:
    today = clock.today()
    facts = sample.facts_in(province, today)
    return lambda rules: evaluate(
        facts,
        province=province,
        order_type=sample.order_type,
        today=today,
        materials=sample.materials,
        rule_set=rules,
    )


def _orders(edit: RuleEdit, pair: Pair) -> dict[str, Any]:
    ends = monotonic() + setting("rule_trial.seconds")
    wanted = setting("rule_trial.orders")
    listed: list[dict[str, Any]] = []
    seen = changed = unreadable = 0
    is_over = False
    sorts: Counter[tuple[str, str, str]] = Counter()
    for submission in _last_submissions(edit.province, wanted):
        if monotonic() > ends:
            is_over = True
            break
        seen += 1
        try:
            differing = changes(_judge_of(submission), pair)
        except DecryptionFailed:
            unreadable += 1
            continue
        if differing:
            changed += 1
            sorts.update({(c["sign"], c["rule"], c["outcome"]) for c in differing})
            if len(listed) < LISTED:
                listed.append({"number": submission.order.number, "changes": differing})
    return {
        "orders": seen,
        "seconds_up": is_over,
        "changed": changed,
        "unreadable": unreadable,
        "sorts": [[*sort, number] for sort, number in sorted(sorts.items())],
        "listed": listed,
    }


def _last_submissions(province: str, wanted: int) -> Iterator[Submission]:
    """What was submitted last of the orders that were submitted last and are not erased."""
    rows = Submission.objects.filter(round=F("order__round"), order__erased_at=None)
    if province:
        rows = rows.filter(order__province=province)
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[:wanted])
    for start in range(0, len(keys), TOGETHER):
        # One that was erased meanwhile is left out; what is read here brings its key along.
        some = rows.filter(pk__in=keys[start : start + TOGETHER])
        yield from _opened(some.select_related("order").with_key().order_by("-pk"))


def _opened(submissions: Iterable[Submission]) -> Iterator[Submission]:
    for submission in submissions:
        # Comes along with the submission: one query fewer for each order.
        submission.order.wrapped_key = submission.wrapped_key  # type: ignore[attr-defined]
        yield submission


def _judge_of(submission: Submission) -> Judge:
    order, dossier = submission.order, submission.dossier
    register = look_up(order, dossier)
    facts = order_facts(dossier, register)
    services = [service_facts(dossier, index, register) for index in range(len(dossier.services))]
    return lambda rules: evaluate_services(
        facts,
        services,
        province=dossier.subject.province,
        order_type=RULE_ORDER_TYPES[order.order_type],
        today=clock.today(),
        materials=given_materials(dossier),
        rule_set=rules,
        days=working_days.entered(),
    )
