"""Files stay small enough to be read in one go."""

from __future__ import annotations

from statistics import median

from tests.consistency.shape import file_lengths, function_lengths

LONGEST_FILE = 400
LONGEST_FUNCTION = 60


def test_no_file_is_longer_than_the_limit() -> None:
    assert {name: n for name, n in file_lengths().items() if n > LONGEST_FILE} == {}


def test_files_are_small_on_the_whole() -> None:
    assert median(file_lengths().values()) <= 60


def test_no_function_is_longer_than_the_limit() -> None:
    assert {name: n for name, n in function_lengths().items() if n > LONGEST_FUNCTION} == {}
