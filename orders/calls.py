"""Whom a reviewer calls, and how far that has come in the present round."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from django.utils.translation import gettext as _

from beian import clock
from beian.dates import moment_text
from beian.masking import mask_phone
from beian.site_settings import setting
from orders import working_days
from orders.dossier import Dossier, Person
from orders.enums import CallOutcome
from orders.field_labels import page_of
from orders.models import CallNote, FilingOrder

NUMBERS = ("mobile", "emergency_phone", "office_phone")
REACHED = frozenset({CallOutcome.CONFIRMED, CallOutcome.DENIED})


def call_again_at(call: CallNote) -> datetime:
    """When somebody who did not answer is called again: while people are at work."""
    minutes = setting("review.second_call_minutes")
    return working_days.at_office(call.called_at + timedelta(minutes=minutes))


@dataclass(frozen=True)
class Callee:
    """`path` is where the person stands in the dossier; `calls` are those of the round."""

    path: str
    person: Person
    calls: list[CallNote]
    nature: str

    @property
    def title(self) -> str:
        return str(page_of(f"{self.path}.mobile", self.nature).title)

    @property
    def numbers(self) -> dict[str, str]:
        """Masked numbers by field."""
        found = {name: str(getattr(self.person, name) or "") for name in NUMBERS}
        return {name: mask_phone(number) for name, number in found.items() if number}

    @property
    def is_confirmed(self) -> bool:
        return bool(self.calls) and self.calls[-1].outcome == CallOutcome.CONFIRMED

    @property
    def is_denied(self) -> bool:
        return bool(self.calls) and self.calls[-1].outcome == CallOutcome.DENIED

    @property
    def next_at(self) -> datetime | None:
        """When to try again; None if nobody failed to answer last."""
        if not self.calls or self.calls[-1].outcome in REACHED:
            return None
        return call_again_at(self.calls[-1])

    @property
    def unanswered_count(self) -> int:
        """How often in a row the last calls reached nobody."""
        latest_first = reversed(self.calls)
        return sum(1 for _call in takewhile(lambda call: call.outcome not in REACHED, latest_first))

    @property
    def state_text(self) -> str:
        if not self.calls:
            return _("还没有通话记录")
        last = self.calls[-1].get_outcome_display()
        if self.next_at is None:
            return last
        words = {"last": last, "count": len(self.calls), "time": moment_text(self.next_at)}
        if self.unanswered_count >= setting("review.call_tries"):
            return _("%(last)s（第 %(count)d 次），可以退回订单，也可以再拨") % words
        if self.next_at <= clock.now():
            return _("%(last)s（第 %(count)d 次），现在可以再拨") % words
        return _("%(last)s（第 %(count)d 次），请在 %(time)s 后再拨") % words


def _people(dossier: Dossier) -> Iterator[tuple[str, Person]]:
    yield "subject.principal", dossier.subject.principal
    for index, service in enumerate(dossier.services):
        if not service.principal.same_as_subject_principal:
            yield f"services[{index}].principal", service.principal


def callees_of(order: FilingOrder, dossier: Dossier) -> list[Callee]:
    """The persons of a submission; one query, none if the calls were read before."""
    return [
        Callee(
            path,
            person,
            [call for call in order.round_calls if call.person == path],
            dossier.subject.nature,
        )
        for path, person in _people(dossier)
    ]
