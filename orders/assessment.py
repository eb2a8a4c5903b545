"""One look at a draft: what is missing and what is wrong. Pages, guards and freezing share it.

No network: what only a registry could tell is unknown here and becomes advice to the reviewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from beian import clock
from orders import own_findings, working_days
from orders.asked import unanswered
from orders.dossier import Dossier, said_at
from orders.facts import RULE_ORDER_TYPES, order_facts, service_facts
from orders.materials import MaterialNeed, given_materials, missing_needs
from orders.objections import Causes, Objectionable, objectionables
from orders.register_lookup import look_up
from orders.replies import ANSWERABLE_STATES, Answer, answers_of
from orders.required import missing_fields, unproved_contacts
from orders.resources import ResourceChoice, choices_of, refusal_among
from orders.rulebook.judging import Judging, judging_now
from orders.steps import TRUTHFULNESS, Step, step_of_path
from rules.engine import evaluate_services
from rules.finding import Finding, blocking, for_applicant, in_order

if TYPE_CHECKING:
    from orders.models import FilingOrder

_KEPT = "_assessment"


@dataclass(frozen=True)
class Assessment:
    """`missing` are empty fields, `unproved` contacts without a code, `needs` pictures to upload;
    `findings` say all of this and what rules and register found, blocks first; `resources` are
    those of the account; `answers` are a reviewer's comments of this round with what was done;
    `objectionables` are the blocks that take an objection, each with the one that stands;
    `judging` is by which rules."""

    nature: str
    judging: Judging
    missing: tuple[str, ...]
    unproved: tuple[str, ...]
    needs: tuple[MaterialNeed, ...]
    findings: tuple[Finding, ...]
    resources: tuple[ResourceChoice, ...]
    answers: tuple[Answer, ...] = ()
    objectionables: tuple[Objectionable, ...] = ()

    def comments_on(self, step: Step) -> int:
        """How many of the reviewer's demands on a page are still to be answered."""
        return sum(self._step_of(answer) == step for answer in self.open_comments)

    @property
    def open_comments(self) -> list[Answer]:
        """Demands nobody answered yet."""
        return [answer for answer in self.answers if answer.is_open and answer.comment.is_blocking]

    def _step_of(self, answer: Answer) -> Step:
        return TRUTHFULNESS if answer.is_check else step_of_path(answer.comment.path, self.nature)

    def gaps_on(self, step: Step) -> list[str]:
        """Paths that keep the step from being done."""
        paths = (*self.missing, *self.unproved, *(need.path for need in self.needs))
        return [path for path in paths if step_of_path(path, self.nature) == step]

    @cached_property
    def blocks(self) -> list[Finding]:
        """What the applicant is told to mend: blocks that nobody objected to."""
        objected = [entry.finding for entry in self.objectionables if entry.objection]
        shown = blocking(for_applicant(self.findings))
        return [finding for finding in shown if finding not in objected]

    def objectionable(self, finding: Finding) -> Objectionable | None:
        """The finding as one that takes an objection; None if it takes none."""
        return next((each for each in self.objectionables if each.finding == finding), None)

    def findings_on(self, step: Step) -> list[Finding]:
        """What to show on a page: everything about at least one of its paths."""
        return self._by_step.get(step.key, [])

    @cached_property
    def _by_step(self) -> dict[str, list[Finding]]:
        """Sorted once: a task list asks for every page several times."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            for key in dict.fromkeys(step_of_path(path, self.nature).key for path in finding.paths):
                found.setdefault(key, []).append(finding)
        return found


def assess(order: "FilingOrder") -> Assessment:
    """Look at the order's draft; a second call on the same object and content costs nothing."""
    assessment = assessed(order)
    if assessment is None:
        assessment = _assess(order)
        order.__dict__[_KEPT] = (order.dossier, assessment)
    return assessment


def assessed(order: "FilingOrder") -> Assessment | None:
    """What `assess` saw, if it looked at this object and content already."""
    kept = order.__dict__.get(_KEPT)
    return kept[1] if kept is not None and kept[0] is order.dossier else None


def _assess(order: "FilingOrder") -> Assessment:
    dossier = order.dossier
    judging = judging_now()
    rules, content, causes = _findings_of_content(order, dossier, judging)
    missing = [*missing_fields(dossier), *unanswered(order, dossier)]
    unproved = unproved_contacts(order.pk, dossier)
    needs = missing_needs(dossier, rules)
    nature = dossier.subject.nature
    own = own_findings.gap_findings(dossier.subject, missing, unproved, needs)
    own += content
    choices = tuple(choices_of(order))
    if dossier.services[0].resource:
        reason = refusal_among(choices, order)
        own += [own_findings.resource_finding(reason)] if reason else []
    found = tuple(in_order([*rules, *own]))
    return Assessment(
        nature,
        judging,
        tuple(missing),
        tuple(unproved),
        tuple(needs),
        found,
        choices,
        _answers(order),
        objectionables(order, found, causes),
    )


def findings_of_content(
    order: "FilingOrder", dossier: Dossier, judging: Judging
) -> tuple[list[Finding], Causes]:
    """What rules and register say today against what was submitted, and of what; nothing about
    gaps.

    Certificates lapse and the register fills, so the day is today's; the rules are those of
    `judging`.
    """
    rules, own, causes = _findings_of_content(order, dossier, judging)
    return in_order([*rules, *own]), causes


def _findings_of_content(
    order: "FilingOrder", dossier: Dossier, judging: Judging
) -> tuple[list[Finding], list[Finding], Causes]:
    # Facts count words of lists as well.
    with judging.rule_set.lists_in_use():
        register = look_up(order, dossier)
        indexes = range(len(dossier.services))
        services = [service_facts(dossier, index, register) for index in indexes]
        causes = Causes(order_facts(dossier, register), services, dossier)
    rules = said_once(_rule_findings(order, causes, judging), dossier)
    own = own_findings.register_findings(dossier, register)
    return rules, own, causes


def said_once(findings: Iterable[Finding], dossier: Dossier) -> list[Finding]:
    """Findings with the paths a natural person fills in; what two rules say alike of one place to
    the same readers comes once, as the gravest and surest of them says it."""
    if not dossier.is_personal:
        return list(findings)
    kept: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
    for finding in findings:
        paths = tuple(dict.fromkeys(said_at(path, dossier) for path in finding.paths))
        said = replace(finding, paths=paths)
        place = said.audience, said.message["zh"], paths
        kept[place] = min(kept.get(place, said), said, key=Finding.weight)
    return list(kept.values())


def _answers(order: "FilingOrder") -> tuple[Answer, ...]:
    return tuple(answers_of(order)) if order.state in ANSWERABLE_STATES else ()


def _rule_findings(order: "FilingOrder", causes: Causes, judging: Judging) -> list[Finding]:
    dossier = causes.dossier
    return evaluate_services(
        causes.order,
        causes.services,
        province=dossier.subject.province,
        order_type=RULE_ORDER_TYPES[order.order_type],
        today=clock.today(),
        materials=given_materials(dossier),
        rule_set=judging.rule_set,
        rules_on=judging.day,
        days=working_days.entered(),
    )
