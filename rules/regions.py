"""Provinces with a communications administration, and the cities below them.

Codes are GB/T 2260: two digits for a province, four for a prefecture-level city, six for a county
that answers to its province directly. The prefix is the one printed in filing numbers; it is not
always the one on number plates (四川 is 蜀, 甘肃 is 陇).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

DATA = Path(__file__).parent / "data"

PROVINCE_DIGITS = 2
CITY_DIGITS = 4


class UnknownRegion(ValueError):
    """A code that is no province of the table."""


@dataclass(frozen=True, slots=True)
class Province:
    code: str
    zh: str
    name: str
    en: str
    prefix: str
    bureau: str
    bureau_en: str


@dataclass(frozen=True, slots=True)
class City:
    code: str
    zh: str
    en: str

    @property
    def province(self) -> str:
        return self.code[:PROVINCE_DIGITS]


@cache
def provinces() -> dict[str, Province]:
    """Return the 31 provinces by two-digit code, in the order of the national table."""
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: Province(**row) for row in csv.DictReader(file)}


@cache
def _cities() -> dict[str, City]:
    with (DATA / "cities.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: City(**row) for row in csv.DictReader(file)}


def province(code: str) -> Province:
    """Return one province; raises UnknownRegion for a code outside the table."""
    found = provinces().get(code)
    if found is None:
        raise UnknownRegion(code)
    return found


def known_province(code: str) -> str:
    """Return the code itself; raises ValueError with words for a code outside the table."""
    if code not in provinces():
        raise ValueError(f"{code} is no province")
    return code


ProvinceCode = Annotated[str, AfterValidator(known_province)]


def city(code: str) -> City | None:
    return _cities().get(code)


def cities_of(province_code: str) -> list[City]:
    """Return the cities of a province in code order; empty for an unknown province."""
    return [city for city in _cities().values() if city.province == province_code]


def region_name(code: str, language: str = "zh") -> str:
    """Return "浙江省杭州市" for "3301", "浙江省" for "33"; the code itself if it is unknown."""
    area = provinces().get(code[:PROVINCE_DIGITS])
    if area is None:
        return code
    place = _cities().get(code)
    if language != "zh":
        return area.en if place is None or place.en == area.en else f"{place.en}, {area.en}"
    return area.name if place is None or place.zh == area.name else f"{area.name}{place.zh}"


def province_of_id_number(number: str) -> str | None:
    """Return the province in an ID number's first two digits, or None.

    It is the place of first registration and proves nothing about the holder's address today.
    """
    code = number[:PROVINCE_DIGITS]
    return code if code in provinces() else None


def province_of_credit_code(number: str) -> str | None:
    """Return the registration authority's province (characters 3–4, GB 32100-2015), or None."""
    code = number[2:4]
    return code if code in provinces() else None


def city_of_credit_code(number: str) -> str | None:
    """Return the four-digit city of the registration authority (GB 32100-2015), or None."""
    code = number[2:6]
    return code if code in _cities() else None
