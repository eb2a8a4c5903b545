"""The certificates every filing begins with: the subject's, and those of the persons.

Which certificates a person may use is what the rules in force leave, by where they are at home.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.dossier import ENTERPRISE, SOLE_PROPRIETOR
from orders.own_findings import SOURCE
from orders.prepare.items import Item
from orders.prepare.papers import listed
from rules.enumerations import Entry, certificate_types, personal_certificate_types
from rules.kinds.identity import LEGAL_REP, IdTypesByResidency
from rules.kinds.letters import NonMainlandDelegation
from rules.kinds.roles import PrincipalIsLegalRep, Residency
from rules.rule import Rule
from rules.who import PERSONAL

HOMES: dict[Residency, LazyText] = {
    "mainland": _("内地居民"),
    "hk": _("香港居民"),
    "macau": _("澳门居民"),
    "tw": _("台湾居民"),
    "foreign": _("外国人"),
}
HK_AND_MACAU: LazyText = _("港澳居民")
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


def certificates(nature: str, rules: list[Rule]) -> list[Item]:
    """The first lines of the papers: of the subject, and of each responsible person."""
    if nature in PERSONAL:
        return [_of_person(_t("您本人的证件原件："), APPLICANT, rules)]
    names = listed([entry.label(data_language()) for entry in _of_subject(nature)])
    lead = _t("主办单位的证件原件，有下列之一即可：")
    subject = Item(lead, (names,), SOURCE["title"], SOURCE["retrieved"])
    principal = _of_person(_t("主体负责人的证件原件："), PRINCIPAL, rules)
    service = _of_person(_t("互联网信息服务负责人的证件原件："), SERVICE_PRINCIPAL, rules)
    if principal.papers == service.papers:
        return [subject, principal._replace(text=_t("每位负责人的证件原件："))]
    return [subject, principal, service]


def _of_subject(nature: str) -> tuple[Entry, ...]:
    """A sole proprietor files as an enterprise, with a licence that names its operator alone."""
    if nature != SOLE_PROPRIETOR:
        return certificate_types(nature)
    return tuple(entry for entry in certificate_types(ENTERPRISE) if "head" not in entry.more)


def is_told_here(rule: Rule) -> bool:
    """Whether the lines above say all that the rule does: the national ones on certificates."""
    return isinstance(rule.kind, IdTypesByResidency) and rule.province is None


def _of_person(text: str, person: Person, rules: list[Rule]) -> Item:
    types = types_of(person, rules)
    deciding = _deciding(person, rules)
    source = deciding[-1].row.source
    return Item(
        text,
        tuple(_lines(types)),
        source.title,
        source.retrieved.isoformat(),
        is_provincial=deciding[-1].province is not None,
    )


def types_of(person: Person, rules: list[Rule]) -> Types:
    """Keys of the certificates left, by home; homes with none are left out."""
    left: dict[Residency, list[str]] = {
        home: [entry.key for entry in personal_certificate_types(home)] for home in HOMES
    }
    for rule in _deciding(person, rules):
        if isinstance(rule.kind, IdTypesByResidency):
            left = {home: _left(keys, home, rule) for home, keys in left.items()}
        elif isinstance(rule.kind, NonMainlandDelegation):
            left = {home: [] if home in rule.kind.residencies else left[home] for home in left}
    return {home: tuple(keys) for home, keys in left.items() if keys}


def _left(keys: list[str], home: Residency, rule: Rule) -> list[str]:
    """What a rule leaves: advice only takes away what it names."""
    kind = rule.kind
    if not isinstance(kind, IdTypesByResidency):
        return keys
    left = [key for key in keys if key not in kind.denied]
    if rule.row.outcome not in DEMANDED:
        return left
    if home in kind.allowed:
        left = [key for key in left if key in kind.allowed[home]]
    named = {paper for way in kind.papers.get(home, ()) for paper in way}
    return [key for key in left if key in named] if named.intersection(left) else left


def _deciding(person: Person, rules: Iterable[Rule]) -> list[Rule]:
    """Rules about this person's certificate; in the end those of the province."""
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


def _lines(types: Types) -> list[str]:
    language = data_language()
    names = {entry.key: entry.label(language) for entry in personal_certificate_types()}
    homes = {home: str(name) for home, name in HOMES.items() if home in types}
    if types.get("hk") and types.get("hk") == types.get("macau"):
        homes["hk"] = str(HK_AND_MACAU)
        del homes["macau"]
    return [
        _t("%(who)s：%(papers)s")
        % {"who": who, "papers": _t("或").join(names[key] for key in types[home])}
        for home, who in homes.items()
    ]
