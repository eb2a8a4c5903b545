"""Where the applicant stands: each step's status, and the one to go to next."""

from typing import TYPE_CHECKING

from beian.ui import TaskStatus
from orders import truthfulness
from orders.apply.stops import lacks_identity
from orders.assessment import assess
from orders.dossier import Dossier, flatten
from orders.steps import (
    CHECK,
    MATERIALS,
    TRUTHFULNESS,
    Step,
    all_steps,
    filling_steps,
    step_of_path,
    work_steps,
)
from rules.finding import Finding

if TYPE_CHECKING:
    from orders.models import FilingOrder

# The kinds of our own findings that say a step is unfinished rather than wrong.
GAPS = frozenset({"required_fields", "unproved_contact"})


def steps_of(order: "FilingOrder") -> tuple[Step, ...]:
    """Every page of this order's wizard in their order, the last one being the check."""
    return all_steps(order.nature)


def filling_steps_of(order: "FilingOrder") -> tuple[Step, ...]:
    """The pages that fill this order's dossier, without the check."""
    return filling_steps(order.nature)


def work_steps_of(order: "FilingOrder") -> tuple[Step, ...]:
    """What has to be done before the check."""
    return work_steps(order.nature)


def unfinished_steps(order: "FilingOrder") -> list[Step]:
    """Steps in which something has still to be filled in, confirmed or uploaded."""
    assessment = assess(order)
    return [step for step in filling_steps_of(order) if assessment.gaps_on(step)]


def problems_on(step: Step, order: "FilingOrder") -> list[Finding]:
    """What is wrong, rather than missing, on a step."""
    blocks = assess(order).blocks
    found = [finding for finding in assess(order).findings_on(step) if finding in blocks]
    return [finding for finding in found if finding.kind not in GAPS]


def status_of(step: Step, order: "FilingOrder") -> TaskStatus:
    """One of the five statuses of the task list."""
    if step == CHECK:
        return "blocked" if _is_check_blocked(order) else "not_started"
    if step == TRUTHFULNESS:
        return truthfulness.status_of(order)
    if step == MATERIALS and lacks_identity(order):
        return "blocked"
    if problems_on(step, order) or assess(order).comments_on(step):
        return "problem"
    if not assess(order).gaps_on(step):
        return "done"
    return "in_progress" if _is_touched(step, order.dossier) else "not_started"


def next_step(order: "FilingOrder", after: Step | None = None) -> Step:
    """The first step with work behind `after`, then from the front; the check if none is left."""
    steps = work_steps_of(order)
    start = steps.index(after) + 1 if after in steps else 0
    for step in (*steps[start:], *steps[:start]):
        # A blocked step opens when the ones before it are done.
        if step != after and status_of(step, order) not in {"done", "blocked"}:
            return step
    return CHECK


def _is_check_blocked(order: "FilingOrder") -> bool:
    return any(status_of(step, order) != "done" for step in work_steps_of(order))


def _is_touched(step: Step, dossier: Dossier) -> bool:
    """Whether the page holds anything a new order does not."""
    fresh = flatten(_blank(dossier))
    return any(
        value != fresh.get(path)
        for path, value in flatten(dossier).items()
        if step_of_path(path, dossier.subject.nature) == step
    )


def _blank(dossier: Dossier) -> Dossier:
    """A new order's content with the same fixed answers."""
    from orders.apply.prefill import new_dossier

    blank = new_dossier(province=dossier.subject.province, nature=dossier.subject.rule_nature)
    blank.services[0].ref = dossier.services[0].ref
    return blank
