"""The certificates every filing begins with: the subject's, and those of the persons."""

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from beian.data_language import data_language
from beian.lazy_text import LazyText
from orders.apply.certificate_words import within
from orders.dossier import ENTERPRISE, SOLE_PROPRIETOR
from orders.own_findings import SOURCE
from orders.prepare.id_types import (
    APPLICANT,
    PRINCIPAL,
    SERVICE_PRINCIPAL,
    Person,
    Types,
    types_of,
)
from orders.prepare.items import Item
from orders.prepare.papers import listed
from rules.enumerations import Entry, certificate_types, personal_certificate_types
from rules.kinds.identity import IdTypesByResidency
from rules.kinds.roles import Residency
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


def certificates(nature: str, rules: list[Rule]) -> list[Item]:
    """The first lines of the papers: of the subject, and of each responsible person."""
    if nature in PERSONAL:
        return [_of_person(_t("您本人的证件原件："), APPLICANT, rules)]
    subject = _of_subject(nature)
    principal = _of_person(_t("主体负责人的证件原件："), PRINCIPAL, rules)
    service = _of_person(_t("互联网信息服务负责人的证件原件："), SERVICE_PRINCIPAL, rules)
    if principal.papers == service.papers:
        return [subject, principal._replace(text=_t("每位负责人的证件原件："))]
    return [subject, principal, service]


def _of_subject(nature: str) -> Item:
    names = [entry.label(data_language()) for entry in _types_of_subject(nature)]
    one, several = _t("主办单位的证件原件："), _t("主办单位的证件原件，有下列之一即可：")
    lead = one if len(names) == 1 else several
    return Item(lead, (listed(names),), SOURCE["title"], SOURCE["retrieved"])


def _types_of_subject(nature: str) -> tuple[Entry, ...]:
    """A sole proprietor files as an enterprise, with a licence that names its operator alone."""
    if nature != SOLE_PROPRIETOR:
        return certificate_types(nature)
    return tuple(entry for entry in certificate_types(ENTERPRISE) if "head" not in entry.more)


def is_told_here(rule: Rule) -> bool:
    """Whether the lines above say all that the rule does: the national ones on certificates."""
    return isinstance(rule.kind, IdTypesByResidency) and rule.province is None


def _of_person(text: str, person: Person, rules: list[Rule]) -> Item:
    types, deciding = types_of(person, rules)
    source = deciding.row.source.to_dict() if deciding else SOURCE
    return Item(
        text,
        tuple(_lines(types)),
        source["title"],
        source["retrieved"],
        is_provincial=deciding is not None and deciding.province is not None,
    )


def _lines(types: Types) -> list[str]:
    language = data_language()
    names = {entry.key: entry.label(language) for entry in personal_certificate_types()}
    homes = {home: str(name) for home, name in HOMES.items() if home in types}
    if types.get("hk") and types.get("hk") == types.get("macau"):
        homes["hk"] = str(HK_AND_MACAU)
        del homes["macau"]
    return [
        _t("%(who)s：%(papers)s")
        % {"who": who, "papers": _alternatives([names[key] for key in types[home]])}
        for home, who in homes.items()
    ]


def _alternatives(names: list[str]) -> str:
    first, *others = names
    return _t("或").join([first, *map(within, others)])
