"""K04 principal is the legal representative, K06 one person for both roles."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from rules.kinds.base import Case, Hit, Kind, Result, Role, Unknown, kind, separate_roles
from rules.kinds.people import IS_LEGAL_REP, SAME, SUBJECT_NAME, is_named, person_fact

ALL_SAME = "service_principal.all_services_same_person"
RESIDENCY = "legal_rep.residency"
Residency = Literal["mainland", "hk", "macau", "tw", "foreign"]


@kind("principal_is_legal_rep", "K04")
class PrincipalIsLegalRep(Kind):
    """The persons in `roles` are the legal representative.

    With `name_words` it holds only for subjects whose name contains one of them. Not for legal
    representatives of a residency in `unless_residency`, who send a delegate.
    """

    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = ("principal",)
    name_words: tuple[str, ...] = ()
    unless_residency: tuple[Residency, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return (
            *(f"{role}.is_legal_rep" for role in self.roles),
            *((SUBJECT_NAME,) if self.name_words else ()),
            *((RESIDENCY,) if self.unless_residency else ()),
        )

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        concerned = is_named(case, self.name_words)
        if concerned is None:
            yield Unknown((SUBJECT_NAME,))
        if not concerned:
            return
        for role in separate_roles(case, self.roles):
            fact = person_fact(case, role, "is_legal_rep")
            value = case.facts.get(fact)
            if value is None:
                yield Unknown((fact,))
            elif value is False:
                yield from self._unless_exempt(case, Hit(role, (fact,)))

    def _unless_exempt(self, case: Case, hit: Hit) -> Iterator[Result]:
        residency = case.facts.get(RESIDENCY)
        if not self.unless_residency or residency not in (None, *self.unless_residency):
            yield hit
        elif residency is None:
            yield Unknown((RESIDENCY,))


@kind("same_person", "K06")
class SamePerson(Kind):
    """Both principals are one person; `across_services` also over all services.

    `when_delegated` limits it to subjects whose principal is not the legal representative.
    """

    when_delegated: bool = False
    across_services: bool = False

    def reads(self) -> tuple[str, ...]:
        return (SAME, IS_LEGAL_REP, *((ALL_SAME,) if self.across_services else ()))

    def abouts(self) -> tuple[str, ...]:
        return ("differs", "differs_between_services") if self.across_services else ("differs",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.when_delegated:
            is_legal_rep = case.facts.get(IS_LEGAL_REP)
            if is_legal_rep is None:
                yield Unknown((IS_LEGAL_REP,))
            if is_legal_rep is not False:
                return
        yield from self._same(case, SAME, "differs")
        if self.across_services:
            yield from self._same(case, ALL_SAME, "differs_between_services")

    def _same(self, case: Case, fact: str, about: str) -> Iterator[Result]:
        value = case.facts.get(fact)
        if value is None:
            yield Unknown((fact,))
        elif value is False:
            yield Hit(about, (fact,))
