"""K36: state of sites filed before, and of the domain that is not filed yet."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, Result, Unknown, kind

Check = Literal["reachable", "show_number", "not_resolving"]
FILED_BEFORE = "domain.filed_before"

# The fact each check reads, and the value that fails it.
CHECKS: dict[str, tuple[str, bool]] = {
    "reachable": ("existing_sites.reachable", False),
    "show_number": ("existing_sites.show_number", False),
    "not_resolving": ("domain.resolution_active", True),
}


@kind("existing_services_state", "K36")
class ExistingServicesState(Kind):
    """Each of `checks` holds; "not_resolving" concerns only domains never filed."""

    checks: tuple[Check, ...]

    def reads(self) -> tuple[str, ...]:
        return tuple(CHECKS[check][0] for check in self.checks)

    def abouts(self) -> tuple[str, ...]:
        return self.checks

    def check(self, case: Case) -> Iterator[Result]:
        for check in self.checks:
            if check == "not_resolving" and case.facts.get(FILED_BEFORE) is not None:
                continue
            fact, failing = CHECKS[check]
            value = case.facts.get(fact)
            if value is None:
                yield Unknown((fact,))
            elif value is failing:
                yield Hit(check, (fact,))
