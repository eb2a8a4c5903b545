"""All facts a rule may read: name, type, meaning, and where the dossier keeps them.

Names are a contract with other programs and stay. "{i}" in a path is the index of the service.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from rules.enumerations import natures

DATA = Path(__file__).parent / "data"

Scope = Literal["order", "service"]
FactType = Literal["text", "flag", "count", "date", "phone", "province", "city", "choice", "keys"]

NATURES = (*(entry.key for entry in natures()), "sole_proprietor")
NATURE_CODES = {entry.code: entry.key for entry in natures()}
SEXES = ("female", "male")
RESIDENCIES = ("mainland", "hk", "macau", "tw", "foreign")

# The facts that decide which rules speak.
NATURE, SERVICE_TYPE = "subject.nature", "service_type"

CHOICES: dict[str, tuple[str, ...]] = {
    SERVICE_TYPE: ("website", "app"),
    NATURE: NATURES,
    "subject.nature_before": NATURES,
    "subject.registry_status": ("normal", "abnormal", "revoked", "cancelled"),
    "legal_rep.residency": RESIDENCIES,
    "principal.residency": RESIDENCIES,
    "service_principal.residency": RESIDENCIES,
    "principal.sex": SEXES,
    "service_principal.sex": SEXES,
    "domain.registrant": (
        "subject",
        "legal_rep",
        "principal",
        "shareholder",
        "executive",
        "parent_company",
        "unrelated_person",
    ),
    "domain.registrant_script": ("chinese", "pinyin", "english"),
}
# Null says something here: a document without end of validity, a domain never filed before.
NULLABLE = {
    "subject.doc_expiry",
    "principal.id_expiry",
    "service_principal.id_expiry",
    "domain.filed_before",
}
SERVICE_PREFIXES = ("service_type", "service.", "service_principal.", "domain.", "app.")
# Said once about all services together.
ORDER_FACTS = {"service_principal.all_services_same_person"}


@dataclass(frozen=True, slots=True)
class Fact:
    name: str
    type: FactType
    zh: str
    en: str
    paths: tuple[str, ...]
    nullable: bool
    choices: tuple[str, ...]
    scope: Scope


def _scope(name: str) -> Scope:
    if name in ORDER_FACTS or not name.startswith(SERVICE_PREFIXES):
        return "order"
    return "service"


def _rows(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _fact(row: dict[str, str]) -> Fact:
    name = row["name"]
    return Fact(
        name=name,
        type=cast(FactType, row["type"]),
        zh=row["zh"],
        en=row["en"],
        paths=tuple(row["paths"].split()),
        nullable=name in NULLABLE,
        choices=CHOICES.get(name, ()),
        scope=_scope(name),
    )


@dataclass(frozen=True, slots=True)
class Material:
    """A paper a rule may ask for; its dossier path is `materials.<key>`."""

    key: str
    zh: str
    en: str

    @property
    def path(self) -> str:
        return f"materials.{self.key}"


FACTS: dict[str, Fact] = {row["name"]: _fact(row) for row in _rows("facts.csv")}
MATERIALS: dict[str, Material] = {row["key"]: Material(**row) for row in _rows("materials.csv")}


@cache
def known_paths() -> frozenset[str]:
    """Every dossier path a finding may be shown beside."""
    of_facts = {path for fact in FACTS.values() for path in fact.paths}
    return frozenset(of_facts | {material.path for material in MATERIALS.values()})
