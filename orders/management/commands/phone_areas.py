"""Make the table of mobile numbers' provinces anew, after an update of phonenumbers."""

import csv
import sys
from collections.abc import Iterator

from django.core.management.base import BaseCommand

from rules.phone_areas import PREFIX_DIGITS
from rules.regions import provinces

# 1300000 … 1999999: the beginnings of mainland mobile numbers.
FIRST, LAST = 1300000, 1999999
CHINA = "86"


class Command(BaseCommand):
    help = "Prints rules/data/phone_areas.csv from the geocoding data of the phonenumbers package."

    def handle(self, **_options) -> None:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(("from", "province"))
        writer.writerows(changes())


def changes() -> Iterator[tuple[int, str]]:
    """The beginnings at which the province changes; an empty one is unknown."""
    # Imported here: the data of all countries take a second and 200 MB.
    from phonenumbers.geodata import GEOCODE_DATA

    known = {
        prefix.removeprefix(CHINA): _code(names["zh"])
        for prefix, names in GEOCODE_DATA.items()
        if prefix.startswith(CHINA) and "zh" in names
    }
    before = ""
    for number in range(FIRST, LAST + 1):
        code = _longest(str(number), known)
        if code != before:
            yield number, code
        before = code


def _longest(number: str, known: dict[str, str]) -> str:
    parts = (number[:length] for length in range(PREFIX_DIGITS, 1, -1))
    return next((known[part] for part in parts if part in known), "")


def _code(place: str) -> str:
    return next((row.code for row in provinces().values() if place.startswith(row.zh)), "")
