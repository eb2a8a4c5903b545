"""The rules in force: the shipped ones with the edits that were published and have begun."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import structlog
from django.core.cache import cache

from beian import clock
from orders.models.rule_edit import RuleEdit
from rules.loader import shipped_rule_set
from rules.overlay import Layered, Overlay, laid_over
from rules.rule_set import RuleSet

log = structlog.get_logger(__name__)
_CACHE_KEY = "published-rule-edits"
# Other processes see what was published after this many seconds, as with settings.
_CACHE_SECONDS = 5


@dataclass(frozen=True)
class Stamp:
    """What decides when a published edit holds; its row never changes."""

    pk: UUID
    key: str
    published_at: datetime
    effective_from: date

    @property
    def place(self) -> tuple[date, datetime]:
        """The later of two edits of one rule is the one that holds."""
        return self.effective_from, self.published_at


def rules_in_force() -> RuleSet:
    """The rules of this moment, a few seconds old at most."""
    return rules_at(clock.now())


def rules_at(moment: datetime) -> RuleSet:
    """The rules an order submitted at `moment` is judged by, however late it is judged."""
    return layered_at(moment).rule_set


def layered_at(moment: datetime) -> Layered:
    """The same with the edits this release cannot read."""
    return layered_with(edits_at(moment))


def layered_with(edits: Iterable[UUID]) -> Layered:
    """The shipped rules with these edits; read once per process and choice of edits."""
    return _layered(tuple(sorted(edits)))


def edits_at(moment: datetime) -> tuple[UUID, ...]:
    """The edits that hold at a moment, in an order that tells two choices apart."""
    return tuple(sorted(stamp.pk for stamp in stamps_at(moment)))


def stamps_at(moment: datetime) -> list[Stamp]:
    """The edit of each rule that holds at a moment."""
    day = day_of(moment)
    begun = (
        stamp
        for stamp in published_stamps()
        if stamp.published_at <= moment and stamp.effective_from <= day
    )
    return list({stamp.key: stamp for stamp in sorted(begun, key=lambda each: each.place)}.values())


def day_of(moment: datetime) -> date:
    """The day of a moment in the zone of every legal date."""
    return moment.astimezone(clock.SHANGHAI).date()


def published_stamps() -> list[Stamp]:
    known = cache.get(_CACHE_KEY)
    if known is None:
        known = list(
            RuleEdit.objects.published()
            .order_by("published_at")
            .values_list("id", "rule_key", "published_at", "effective_from")
        )
        cache.set(_CACHE_KEY, known, _CACHE_SECONDS)
    return [Stamp(*values) for values in known]


def forget_published() -> None:
    """Read the table again on the next look (after a change in this process)."""
    cache.delete(_CACHE_KEY)


@lru_cache(maxsize=32)
def _layered(pks: tuple[UUID, ...]) -> Layered:
    if not pks:
        return Layered(shipped_rule_set())
    layered = laid_over(shipped_rule_set(), overlays_of(pks))
    for key, error in layered.unusable.items():
        log.error("rule edit unusable", rule=key, fault=str(error))
    return layered


def overlays_of(edits: Iterable[UUID]) -> list[Overlay]:
    rows = RuleEdit.objects.filter(pk__in=list(edits)).values_list("rule_key", "row")
    return [Overlay(key, row) for key, row in rows]
