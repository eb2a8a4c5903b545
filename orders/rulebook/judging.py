"""The rules one filing is judged by, and how a submission keeps them for whoever looks later.

What ships is kept once per release (orders.models.ShippedRules), not with each submission: that
names the release and the edits. Its `rule_set_version` is under the seal and is a digest of both.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from beian import clock
from orders.models.shipped_rules import ShippedRules
from orders.rulebook import in_force
from rules.overlay import laid_over
from rules.release import content_of, read_release
from rules.rule_set import RuleSet

if TYPE_CHECKING:
    from orders.models import Submission

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Judging:
    """`day` tells which of the rules have begun, `shipped` is the version the `edits` lie over."""

    rule_set: RuleSet
    day: date
    shipped: str
    edits: tuple[UUID, ...]


def judging_now() -> Judging:
    """By what a draft is judged: one look at the edits for rules, version and names of edits."""
    now = clock.now()
    edits = in_force.edits_at(now)
    rule_set = in_force.layered_with(edits).rule_set
    return Judging(rule_set, in_force.day_of(now), in_force.shipped_rule_set().version, edits)


def judging_of(submission: "Submission") -> Judging:
    """By what a submission was judged, whatever was published or installed since."""
    shipped, moment = submission.shipped_rules_id, submission.submitted_at
    if shipped is None:
        edits = in_force.edits_at(moment)
        shipped = in_force.shipped_rule_set().version
    else:
        edits = tuple(sorted(map(UUID, submission.rule_edits)))
    return Judging(_rules_of(shipped, edits), in_force.day_of(moment), shipped, edits)


def keep_shipped() -> None:
    """Keep what this release ships, for the submission about to be frozen; once per release."""
    shipped = in_force.shipped_rule_set()
    if ShippedRules.objects.filter(pk=shipped.version).exists():
        return
    row = ShippedRules(version=shipped.version, content=content_of(shipped), kept_at=clock.now())
    # Another process may be keeping it just now.
    ShippedRules.objects.bulk_create([row], ignore_conflicts=True)


def _rules_of(shipped: str, edits: tuple[UUID, ...]) -> RuleSet:
    if shipped == in_force.shipped_rule_set().version:
        return in_force.layered_with(edits).rule_set
    return _rules_of_release(shipped, edits)


@lru_cache(maxsize=8)
def _rules_of_release(shipped: str, edits: tuple[UUID, ...]) -> RuleSet:
    content = ShippedRules.objects.values_list("content", flat=True).get(pk=shipped)
    base = read_release(content, shipped, in_force.shipped_rule_set())
    layered = laid_over(base.rule_set, in_force.overlays_of(edits))
    for key, error in (base.unusable | layered.unusable).items():
        log.error(
            "rule of an earlier release unusable", rule=key, version=shipped, fault=str(error)
        )
    return layered.rule_set
