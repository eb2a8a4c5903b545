"""Which province a mobile number is from: the table that comes along, and corrections."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest

from rules.phone_areas import FILE, province_of_mobile
from rules.regions import provinces


@pytest.mark.parametrize(
    ("number", "province"),
    [
        ("13805710000", "33"),
        ("13000000000", "37"),
        ("13000010000", "32"),
        ("19888888888", None),
        ("057100000000", None),
        ("1380571000", None),
        ("not a number", None),
        ("", None),
    ],
)
def test_number_tells_the_province_it_was_issued_in(number: str, province: str | None) -> None:
    assert province_of_mobile(number) == province


def test_correction_goes_before_the_table_and_the_longest_before_others() -> None:
    corrected = {"1380571": "44", "13805710": "51"}

    assert province_of_mobile("13805719999", corrected) == "44"
    assert province_of_mobile("13805710000", corrected) == "51"
    assert province_of_mobile("13000000000", corrected) == "37"


def test_table_is_sorted_and_knows_every_province() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [(int(row["from"]), row["province"]) for row in csv.DictReader(file)]

    assert all(one[0] < next_one[0] for one, next_one in pairwise(rows))
    assert {province for _start, province in rows} - {""} == provinces().keys()
