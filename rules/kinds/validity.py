"""K11 and K24: how long documents and domains must still run; age of real-name data."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from rules.calendar import add_working_days
from rules.kinds.base import (
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Months,
    Result,
    Unknown,
    WorkingDays,
    kind,
)
from rules.kinds.dates import add_months
from rules.kinds.people import SAME

Shortfall = Literal["block", "material", "advice"]


@kind("document_min_validity", "K11")
class DocumentMinValidity(Kind):
    """A document runs for `months` more (`inclusive`: exactly that many is enough); null is for
    ever.

    Too short has the outcome `shortfall`, with `material` as its cure; run out always has the
    row's own outcome.
    """

    expiry_fact: FactName
    months: Months
    inclusive: bool = True
    shortfall: Shortfall = "block"
    material: MaterialKey | None = None

    def reads(self) -> tuple[str, ...]:
        return (self.expiry_fact,)

    def abouts(self) -> tuple[str, ...]:
        return ("expired", "expires_soon")

    def check(self, case: Case) -> Iterator[Result]:
        if self.expiry_fact.startswith("service_principal.") and case.facts.get(SAME) is True:
            return
        if self.expiry_fact not in case.facts:
            yield Unknown((self.expiry_fact,))
            return
        expiry = case.facts[self.expiry_fact]
        if expiry is None:
            return
        if expiry < case.today:
            yield Hit("expired", (self.expiry_fact,))
        elif self._is_short(case, expiry) and not self._cured(case):
            yield Hit(
                "expires_soon",
                (self.expiry_fact,),
                outcome=self.shortfall,
                material=self.material,
            )

    def _is_short(self, case: Case, expiry: date) -> bool:
        needed = add_months(case.today, self.months)
        return expiry < needed or (expiry == needed and not self.inclusive)

    def _cured(self, case: Case) -> bool:
        return self.material is not None and self.material in case.materials


@kind("domain_min_validity", "K24")
class DomainMinValidity(DocumentMinValidity):
    """The same for the domain."""

    expiry_fact: FactName = "domain.expiry"


@kind("domain_realname_age", "K24")
class DomainRealnameAge(Kind):
    """Real-name verification passed at least `working_days` ago, time for it to reach the
    ministry's library."""

    working_days: WorkingDays

    def reads(self) -> tuple[str, ...]:
        return ("domain.realname_passed_on",)

    def abouts(self) -> tuple[str, ...]:
        return ("too_recent",)

    def check(self, case: Case) -> Iterator[Result]:
        passed_on = case.facts.get("domain.realname_passed_on")
        if passed_on is None:
            yield Unknown(("domain.realname_passed_on",))
        elif add_working_days(passed_on, self.working_days, case.days) > case.today:
            yield Hit("too_recent", ("domain.realname_passed_on",))
