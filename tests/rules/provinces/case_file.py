"""Reads `NN.toml`: which facts meet which rule of a province, and which pass it.

::

    everybody = { person = ["commitment_letter_gd"] }   # papers asked of everybody, by base

    [[case]]
    rule = "44-03"                  # the rule it is about; findings of other rules are not compared
    base = "person"                 # a clean order of tests/rules/cases.py, moved to the province
    other = true                    # with somebody else in charge of the website
    facts = { "principal.birth_date" = "2010-11-17" }
    without = ["domain.expiry"]     # facts nobody knows
    materials = ["residence_permit"]
    order_type = "first"
    today = 2026-11-16
    finds = ["block principal"]     # outcome and tag; [] passes
    silences = ["N02"]              # rules that would speak if this one did not stand here
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from rules.regions import cities_of
from tests.rules.cases import BASES, OTHER_SERVICE_PRINCIPAL, TODAY

FOLDER = Path(__file__).parent
OF_PROVINCE = (
    "subject.doc_province",
    "contact.province",
    "principal.id_province",
    "principal.mobile_province",
    "service_principal.id_province",
    "service_principal.mobile_province",
)
OF_CITY = ("subject.doc_city", "contact.city")


class Case(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str
    base: Literal["enterprise", "person", "government", "institution"] = "enterprise"
    other: bool = False
    facts: dict[str, Any] = {}
    without: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    order_type: str = "first"
    today: date = TODAY
    finds: tuple[str, ...] = ()
    silences: tuple[str, ...] = ()

    @property
    def province(self) -> str:
        return self.rule[:2]

    def all_facts(self) -> dict[str, Any]:
        facts = {**clean(self.base, self.province, other=self.other), **self.facts}
        return {name: value for name, value in facts.items() if name not in self.without}


class CaseFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    everybody: dict[str, tuple[str, ...]] = {}
    case: tuple[Case, ...]


def clean(base: str, province: str, *, other: bool = False) -> dict[str, Any]:
    """An order without a fault, of somebody who lives and files in the province."""
    facts = {**BASES[base], **(OTHER_SERVICE_PRINCIPAL if other else {})}
    facts |= {name: province for name in OF_PROVINCE if name in facts}
    return facts | {name: cities_of(province)[0].code for name in OF_CITY if name in facts}


def provinces_told() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("[0-9][0-9].toml"))


@cache
def case_file(province: str) -> CaseFile:
    text = (FOLDER / f"{province}.toml").read_text(encoding="utf-8")
    return CaseFile.model_validate(tomllib.loads(text))


def all_cases() -> Iterator[Case]:
    for province in provinces_told():
        yield from case_file(province).case
