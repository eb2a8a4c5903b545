"""K04 principal is the legal representative, K05 letter of authorisation, K06 one person."""

from collections.abc import Iterator

from rules.kinds.base import (
    Case,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Role,
    Unknown,
    kind,
    separate_roles,
)

SAME = "service_principal.same_as_principal"
ALL_SAME = "service_principal.all_services_same_person"


@kind("principal_is_legal_rep", "K04")
class PrincipalIsLegalRep(Kind):
    """The persons in `roles` are the legal representative.

    With `name_words` it holds only for subjects whose name contains one of them.
    """

    roles: tuple[Role, ...] = ("principal",)
    name_words: tuple[str, ...] = ()

    def reads(self) -> tuple[str, ...]:
        names = tuple(f"{role}.is_legal_rep" for role in self.roles)
        return (*names, "subject.name") if self.name_words else names

    def abouts(self) -> tuple[str, ...]:
        return self.roles

    def check(self, case: Case) -> Iterator[Result]:
        if not self._concerns(case):
            return
        for role in separate_roles(case, self.roles):
            fact = f"{role}.is_legal_rep"
            value = case.facts.get(fact)
            if value is None:
                yield Unknown((fact,))
            elif value is False:
                yield Hit(role, (fact,))

    def _concerns(self, case: Case) -> bool:
        if not self.name_words:
            return True
        name = case.facts.get("subject.name", "")
        return any(word in name for word in self.name_words)


@kind("letter_required", "K05")
class LetterRequired(Kind):
    """A person in `role` who is not the legal representative brings a letter."""

    role: Role
    material: MaterialKey

    def reads(self) -> tuple[str, ...]:
        return (f"{self.role}.is_legal_rep",)

    def abouts(self) -> tuple[str, ...]:
        return (self.role,)

    def check(self, case: Case) -> Iterator[Result]:
        if self.role == "service_principal" and case.facts.get(SAME) is True:
            return  # the subject principal's own rule speaks for both
        fact = f"{self.role}.is_legal_rep"
        value = case.facts.get(fact)
        if value is None:
            yield Unknown((fact,))
        elif value is False and self.material not in case.materials:
            yield Hit(self.role, (fact,), material=self.material)


@kind("same_person", "K06")
class SamePerson(Kind):
    """Both principals are one person; `across_services` also over all services.

    `when_delegated` limits it to subjects whose principal is not the legal representative.
    """

    when_delegated: bool = False
    across_services: bool = False

    def reads(self) -> tuple[str, ...]:
        return (SAME, "principal.is_legal_rep", *((ALL_SAME,) if self.across_services else ()))

    def abouts(self) -> tuple[str, ...]:
        return ("differs", "differs_between_services") if self.across_services else ("differs",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.when_delegated:
            is_legal_rep = case.facts.get("principal.is_legal_rep")
            if is_legal_rep is None:
                yield Unknown(("principal.is_legal_rep",))
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
