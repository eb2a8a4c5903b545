"""K36: state of sites filed before, and of the domain that is not filed yet."""

from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, Result, Unknown, kind
from rules.kinds.counts import EXISTING

Check = Literal["reachable", "show_number", "number_linked", "name_matches", "not_resolving"]
FILED_BEFORE = "domain.filed_before"

# The fact each check reads, and the value that fails it.
CHECKS: dict[str, tuple[str, bool]] = {
    "reachable": ("existing_sites.reachable", False),
    "show_number": ("existing_sites.show_number", False),
    "number_linked": ("existing_sites.number_links_to_ministry", False),
    "name_matches": ("existing_sites.show_filed_name", False),
    "not_resolving": ("domain.resolution_active", True),
}


@kind("existing_services_state", "K36")
class ExistingServicesState(Kind):
    """Each of `checks` holds; "not_resolving" concerns only domains never filed.

    A subject that has filed nothing yet has no sites to ask the reviewer about.
    """

    checks: tuple[Check, ...]

    def reads(self) -> tuple[str, ...]:
        filed = (FILED_BEFORE,) if "not_resolving" in self.checks else ()
        return (*(CHECKS[check][0] for check in self.checks), *filed)

    def abouts(self) -> tuple[str, ...]:
        return self.checks

    def check(self, case: Case) -> Iterator[Result]:
        for check in self.checks:
            if check == "not_resolving" and case.facts.get(FILED_BEFORE) is not None:
                continue
            fact, failing = CHECKS[check]
            value = case.facts.get(fact)
            if value is failing:
                yield Hit(check, (fact,))
            elif value is None and not _has_no_site(check, case):
                yield Unknown((fact,))


def _has_no_site(check: str, case: Case) -> bool:
    return check != "not_resolving" and case.facts.get(EXISTING) == 0
