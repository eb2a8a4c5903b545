"""What every kind of rule shares: typed parameters in, results out.

A kind is a class: its fields are the parameters a rule row gives it (checked when loaded), `check`
looks at one case and yields what it found. Kinds know no province, no texts and no tables.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from rules.calendar import NO_OVERRIDES, Overrides
from rules.kinds.asked_papers import AskedPapers, papers_named
from rules.kinds.paper_facts import PaperFact
from rules.vocabulary import FACTS, MATERIALS

FILING_PROVINCE = "province"
Role = Literal["principal", "service_principal"]
BOTH_ROLES: tuple[Role, ...] = ("principal", "service_principal")


def known_fact(name: str) -> str:
    if name not in FACTS:
        raise ValueError(f"{name} is no fact")
    return name


def known_material(key: str) -> str:
    if key not in MATERIALS:
        raise ValueError(f"{key} is no material")
    return key


# Figures of rules: nothing is counted below zero, and dates have to stay within the calendar.
Number = Annotated[int, Field(ge=0)]
Months = Annotated[int, Field(ge=0, le=1200)]
WorkingDays = Annotated[int, Field(ge=0, le=1000)]
FactName = Annotated[str, AfterValidator(known_fact)]
MaterialKey = Annotated[str, AfterValidator(known_material)]


class Case(NamedTuple):
    """What is looked at: known facts as `rules.facts.read_facts` gives them, and the frame."""

    facts: Mapping[str, Any]
    province: str
    order_type: str
    today: date
    materials: frozenset[str] = frozenset()
    days: Overrides = NO_OVERRIDES


@dataclass(frozen=True, slots=True)
class Hit:
    """The rule is not met. `about` picks the text, `facts` say which facts caused it.

    `outcome` softens the row's outcome (never hardens it); `material` and `any_of` name the paper
    that would settle it; `values` fill words of the text that only the case knows.
    """

    about: str
    facts: tuple[str, ...]
    outcome: str | None = None
    material: str | None = None
    any_of: tuple[str, ...] = ()
    values: Mapping[str, "str | Word"] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A value that has a name in each language; what somebody typed is a plain string."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The rule could not be checked for want of these facts."""

    facts: tuple[str, ...]


Result = Hit | Unknown


class Kind(BaseModel):
    """Base of all kinds; the fields of a subclass are its parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    code: ClassVar[str]
    additive: ClassVar[bool]
    values: ClassVar[frozenset[str]]

    def reads(self) -> tuple[str, ...]:
        """Return the facts that decide what it finds; by them it runs once or per service, and
        again for a service in which one of them differs."""
        raise NotImplementedError

    def holds_in(self, province: str) -> bool:
        """Return whether the row demands anything there; `province` is a two-digit code."""
        return True

    def told_to(self, nature: str) -> bool:
        """Return whether the row means anything to a subject of this nature who prepares."""
        return True

    def asked_papers(self) -> tuple[AskedPapers, ...]:
        """Return the papers it asks for, for somebody who prepares; the title says when."""
        return papers_named(self.model_dump())

    def paper_facts(self) -> tuple[PaperFact, ...]:
        """Return the facts among `reads` that stand on a paper."""
        return ()

    def abouts(self) -> tuple[str, ...]:
        """Return every tag `check` can yield, so that a missing text is noticed when loading."""
        raise NotImplementedError

    def check(self, case: Case) -> Iterator[Result]:
        raise NotImplementedError


KindClass = TypeVar("KindClass", bound=type[Kind])
KINDS: dict[str, type[Kind]] = {}


def kind(
    name: str, code: str, *, additive: bool = False, values: tuple[str, ...] = ()
) -> Callable[[KindClass], KindClass]:
    """Register a kind under its name and its number in the catalogue of kinds.

    `additive` kinds add to the national rule where others replace it; `values` are the words a
    hit may bring along for the text.
    """

    def register(cls: KindClass) -> KindClass:
        cls.name, cls.code, cls.additive, cls.values = name, code, additive, frozenset(values)
        KINDS[name] = cls
        return cls

    return register


def missing(case: Case, *names: str) -> tuple[str, ...]:
    facts = case.facts
    return tuple([name for name in names if name not in facts])


def separate_roles(case: Case, roles: tuple[Role, ...]) -> tuple[Role, ...]:
    """Leave out the service principal where that is the subject principal, looked at already."""
    if case.facts.get("service_principal.same_as_principal") is True and "principal" in roles:
        return _but_service_principal(roles)
    return roles


@lru_cache(maxsize=16)
def _but_service_principal(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple(role for role in roles if role != "service_principal")


def lacks_all(case: Case, materials: tuple[str, ...]) -> bool:
    return case.materials.isdisjoint(materials)
