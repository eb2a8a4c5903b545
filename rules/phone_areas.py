"""Which province a mobile number was issued in, from a table that comes with the product.

The table (data/phone_areas.csv) has the first seven digits at which the province changes; it is
made by `manage.py phone_areas` from the geocoding data of the phonenumbers package, which are
those of libphonenumber (version 9.0.43, made on 2026-11-26). Numbers keep their area when their
owner moves to another carrier.
"""

import csv
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "phone_areas.csv"
PREFIX_DIGITS = 7
MOBILE_DIGITS = 11


def province_of_mobile(number: str, corrected: Mapping[str, str] | None = None) -> str | None:
    """Return the two-digit code of a mainland mobile number's province; None where unknown.

    `corrected` are beginnings of numbers with their province; the longest that fits decides.
    """
    if len(number) != MOBILE_DIGITS or not number.isdecimal():
        return None
    for prefix in sorted(corrected or (), key=len, reverse=True):
        if number.startswith(prefix):
            return corrected[prefix] if corrected else None
    starts, codes = _table()
    place = bisect_right(starts, int(number[:PREFIX_DIGITS])) - 1
    return codes[place] or None if place >= 0 else None


@cache
def _table() -> tuple[list[int], list[str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [int(row["from"]) for row in rows], [row["province"] for row in rows]
