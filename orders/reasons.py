"""The reasons a reviewer chooses from; the library is data (data/reasons.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from beian.data_language import in_language
from orders.dossier import PERSONAL
from orders.dossier.paths import is_within
from orders.enums import NewCheck
from orders.field_labels import pattern_of
from orders.figures import Figures, figures, filled

FILE = Path(__file__).parent / "data" / "reasons.toml"
# A remark in the reviewer's own words.
OTHER = "R-OTHER"


@dataclass(frozen=True)
class Reason:
    """`cause` is for reviewers, `text` for the applicant; texts are {"zh": …, "en": …}.

    `personal_text` and `personal_example` take their place towards a natural person; with
    `is_for_units` the reason does not concern one. `new_check` (NewCheck) asks a service principal
    to be recognised again.
    """

    code: str
    title: Mapping[str, str]
    cause: Mapping[str, str]
    text: Mapping[str, str]
    severity: str
    paths: tuple[str, ...]
    source: Mapping[str, str]
    example: str = ""
    personal_text: Mapping[str, str] = field(default_factory=dict)
    personal_example: str = ""
    is_for_units: bool = False
    new_check: str = ""

    def concerns(self, nature: str) -> bool:
        return nature != PERSONAL or not self.is_for_units

    def words_for(self, nature: str) -> tuple[str, str]:
        """Text and example for an applicant of this nature, in Chinese as the law wants it."""
        if nature == PERSONAL and self.personal_text:
            return self.personal_text["zh"], self.personal_example
        return self.text["zh"], self.example

    def fits(self, path: str) -> bool:
        """Whether the reason is usual for a field: one of its paths holds it or lies in it."""
        pattern = pattern_of(path)
        return any(is_within(pattern, own) or is_within(own, pattern) for own in self.paths)

    @property
    def label(self) -> str:
        return in_language(self.title)

    @property
    def cause_text(self) -> str:
        return in_language(self.cause)


def reasons() -> dict[str, Reason]:
    """All reasons by code, in the order of the file, with the figures in force."""
    return _library(figures())


@lru_cache(maxsize=4)
def _library(known: Figures) -> dict[str, Reason]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["reason"]
    return {row["code"]: _read(row, known) for row in rows}


def _read(row: dict[str, Any], known: Figures) -> Reason:
    if row.get("new_check", NewCheck.ANY) not in NewCheck.values:
        raise ValueError(f"reason {row['code']}: unknown way {row['new_check']}")
    names = [key for key in ("cause", "text", "personal_text") if key in row]
    texts = {key: filled(row[key], known) for key in names}
    return Reason(**{**row, **texts, "paths": tuple(row["paths"])})


def reasons_of(nature: str) -> list[Reason]:
    """Reasons that concern subjects of this nature."""
    return [reason for reason in reasons().values() if reason.concerns(nature)]


def reasons_for(path: str, nature: str) -> list[Reason]:
    """Reasons that fit a field; the others stay reachable through `reasons_of`."""
    return [reason for reason in reasons_of(nature) if reason.fits(path)]
