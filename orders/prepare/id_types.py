"""Which certificates a person may use: what the rules in force leave, by where they are at home."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from rules.enumerations import personal_certificate_types
from rules.kinds.identity import LEGAL_REP, IdTypesByResidency
from rules.kinds.letters import NonMainlandDelegation
from rules.kinds.roles import PrincipalIsLegalRep, Residency
from rules.rule import Rule

DEMANDED = ("block", "material")

Types = dict[Residency, tuple[str, ...]]


@dataclass(frozen=True)
class Person:
    """Somebody whose certificate is asked for, by the facts that tell of it."""

    prefixes: tuple[str, ...]

    def is_of(self, kind: IdTypesByResidency) -> bool:
        fact = kind.type_fact or kind.residency_fact
        return fact.startswith(self.prefixes)


APPLICANT = Person(("subject.", "principal."))
PRINCIPAL = Person(("principal.",))
SERVICE_PRINCIPAL = Person(("service_principal.",))


def types_of(person: Person, rules: list[Rule]) -> tuple[Types, Rule | None]:
    """Keys of the certificates left, by home, without homes that have none; and the rule that
    took away the last, or else the one that says what everybody uses, if any does."""
    left: Types = {
        home: tuple(entry.key for entry in personal_certificate_types(home))
        for home in get_args(Residency)
    }
    concerned = _concerned(person, rules)
    deciding = next(iter(concerned), None)
    for rule in concerned:
        before, left = left, {home: _left(keys, home, rule) for home, keys in left.items()}
        deciding = rule if left != before else deciding
    return {home: keys for home, keys in left.items() if keys}, deciding


def _left(keys: tuple[str, ...], home: Residency, rule: Rule) -> tuple[str, ...]:
    """What a rule leaves: advice only takes away what it names."""
    kind = rule.kind
    if isinstance(kind, NonMainlandDelegation):
        return () if home in kind.residencies else keys
    if not isinstance(kind, IdTypesByResidency):
        return keys
    left = tuple(key for key in keys if key not in kind.denied)
    if rule.row.outcome not in DEMANDED:
        return left
    if home in kind.allowed:
        left = tuple(key for key in left if key in kind.allowed[home])
    named = {paper for way in kind.papers.get(home, ()) for paper in way}
    return tuple(key for key in left if key in named) if named.intersection(left) else left


def _concerned(person: Person, rules: list[Rule]) -> list[Rule]:
    """Rules about this person's certificate, those of the province behind the national ones."""
    found = [rule for rule in rules if _decides(rule, person)]
    if person == PRINCIPAL and _is_the_head(rules):
        found += [rule for rule in rules if _concerns_the_head(rule)]
    return sorted(found, key=lambda rule: rule.province is not None)


def _decides(rule: Rule, person: Person) -> bool:
    return isinstance(rule.kind, IdTypesByResidency) and person.is_of(rule.kind)


def _is_the_head(rules: Iterable[Rule]) -> bool:
    """Whether every unit's head is its responsible person, foreigners' delegates aside."""
    return any(
        isinstance(rule.kind, PrincipalIsLegalRep) and not rule.kind.name_words for rule in rules
    )


def _concerns_the_head(rule: Rule) -> bool:
    kind = rule.kind
    if isinstance(kind, NonMainlandDelegation):
        return True
    return isinstance(kind, IdTypesByResidency) and kind.residency_fact == LEGAL_REP
