"""The truthfulness step of an order: who has to be recognised, and how far that is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.ui import TaskStatus
from orders.new_checks import is_enough, is_outdated, remarks_on, wants_meeting
from orders.service_principals import principals_of
from verification.actions.truthfulness import CheckedPerson
from verification.enums import TruthfulnessStage
from verification.models import TruthfulnessCheck

if TYPE_CHECKING:
    from orders.models import FilingOrder, OrderComment

_KEPT = "_standings"
_IDENTITY = ("full_name", "cert_type", "cert_number", "mobile")


@dataclass(frozen=True)
class Standing:
    """One distinct service principal of a draft and what is known about him or her.

    `remarks` are those of the reviewer that ask this person for a new check. `outdated` is the one
    that was done before them, where it has not ended yet: orders sent back by an earlier release.
    """

    person: CheckedPerson
    services: tuple[str, ...]
    check: TruthfulnessCheck | None = None
    remarks: "tuple[OrderComment, ...]" = ()
    outdated: TruthfulnessCheck | None = None

    @property
    def key(self) -> str:
        """Names the person on the pages of the step without saying who it is."""
        return self.person.digest[:16]

    @property
    def stage(self) -> str:
        return self.check.stage if self.check else TruthfulnessStage.OPEN

    @property
    def counts(self) -> bool:
        return is_enough(self.check, self.remarks)

    @property
    def wants_meeting(self) -> bool:
        """Whether a photo would not do: the reviewer asked for the video."""
        return wants_meeting(self.remarks)

    @property
    def until(self) -> datetime | None:
        return self.check.until if self.check else None


def mobile_of(order: "FilingOrder", check: TruthfulnessCheck) -> str:
    """The number of the person of a check; "" for one who is not a service principal any more."""
    persons = principals_of(order.dossier)
    return next((each.mobile for each in persons if each.digest == check.person_digest), "")


def is_identified(person: CheckedPerson) -> bool:
    """Whether enough was entered to ask that person at all."""
    return all(getattr(person, name) for name in _IDENTITY)


def missing_before(order: "FilingOrder", person: CheckedPerson) -> list[str]:
    """What has to be entered before anybody is asked; the person is told who files, and what."""
    is_own = order.dossier.is_personal
    who = _("姓名、证件和手机号") if is_own else _("网站负责人的姓名、证件和手机号")
    parts = [
        (is_identified(person), who),
        (is_own or order.subject_name, _("备案主体的名称")),
        (order.domain, _("网站的域名")),
    ]
    return [words for is_there, words in parts if not is_there]


def standings_of(order: "FilingOrder") -> list[Standing]:
    """One per service principal; one query, asked again when the content is another.

    One more after the first submission, for the remarks of the round.
    """
    kept = order.__dict__.get(_KEPT)
    if kept is not None and kept[0] is order.dossier:
        return kept[1]
    current = TruthfulnessCheck.objects.of(order.pk).current()
    by_person = {check.person_digest: check for check in current}
    remarks = remarks_on(order.dossier, order.standing_comments) if order.round else {}
    standings = [
        _standing(
            person,
            tuple(services),
            by_person.get(person.digest),
            tuple(remarks.get(person.digest, ())),
        )
        for person, services in principals_of(order.dossier).items()
    ]
    order.__dict__[_KEPT] = (order.dossier, standings)
    return standings


def current_checks(order: "FilingOrder") -> list[TruthfulnessCheck]:
    """The checks of the draft's service principals that have not ended."""
    checks = (standing.check or standing.outdated for standing in standings_of(order))
    return [check for check in checks if check is not None]


def _standing(
    person: CheckedPerson,
    services: tuple[str, ...],
    check: TruthfulnessCheck | None,
    remarks: "tuple[OrderComment, ...]",
) -> Standing:
    if check is not None and is_outdated(check, remarks):
        return Standing(person, services, None, remarks, outdated=check)
    return Standing(person, services, check, remarks)


def forget_standings(order: "FilingOrder") -> None:
    """After an act on a check: look again."""
    order.__dict__.pop(_KEPT, None)


def missing_of(standings: Iterable[Standing]) -> list[Standing]:
    return [standing for standing in standings if not standing.counts]


def status_of(order: "FilingOrder") -> TaskStatus:
    """How the task list shows the step."""
    standings = standings_of(order)
    if any(missing_before(order, standing.person) for standing in standings):
        return "blocked"
    if not missing_of(standings):
        return "done"
    if any(_is_problem(standing) for standing in missing_of(standings)):
        return "problem"
    is_begun = any(standing.check is not None for standing in standings)
    return "in_progress" if is_begun else "not_started"


def _is_problem(standing: Standing) -> bool:
    return bool(standing.remarks) or standing.stage == TruthfulnessStage.FAILED
