"""K31 what a website's name is made of: length and signs."""

import re
from collections.abc import Iterator
from typing import Literal

from rules.kinds.base import Case, Hit, Kind, Number, Result, Unknown, kind
from rules.kinds.conditions import SUBJECT_NAME
from rules.who import PERSONAL

NAME = "service.name"
NATURE = "subject.nature"

Sign = Literal["domain", "person_name", "only_digits", "only_latin", "latin", "special_sign"]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PATTERNS: dict[Sign, re.Pattern[str]] = {
    "domain": re.compile(r"(?:www\.|https?:)|\.[a-z]{2,}(?![a-z0-9])", re.IGNORECASE),
    "only_digits": re.compile(r"^[0-9]+$"),
    "only_latin": re.compile(r"^[A-Za-z0-9\s.\-]+$"),
    "latin": re.compile(r"[A-Za-z]"),
    "special_sign": re.compile(r"[^\w\s()（）\-·]|_"),
}


@kind("name_shape", "K31")
class NameShape(Kind):
    """Length in characters, of which `min_chinese` Chinese, and none of `signs`.

    "person_name" is the applicant's own name inside the website's, "latin" any Latin letter,
    "only_latin" a name without anything else. The first sign found speaks.
    """

    min_length: Number = 0
    max_length: Number | None = None
    min_chinese: Number = 0
    signs: tuple[Sign, ...] = ("domain", "only_digits", "only_latin", "special_sign")

    def reads(self) -> tuple[str, ...]:
        return (NAME, SUBJECT_NAME, NATURE) if "person_name" in self.signs else (NAME,)

    def abouts(self) -> tuple[str, ...]:
        lengths = {
            "too_short": self.min_length,
            "too_long": self.max_length,
            "too_few_chinese": self.min_chinese,
        }
        return (*(about for about, limit in lengths.items() if limit), *self.signs)

    def check(self, case: Case) -> Iterator[Result]:
        name = case.facts.get(NAME)
        if name is None:
            yield Unknown((NAME,))
            return
        yield from self._length(name)
        sign = next((sign for sign in self.signs if _shows(sign, name, case)), None)
        if sign is not None:
            yield Hit(sign, (NAME,))
        elif "person_name" in self.signs and _is_nameless(case):
            yield Unknown((SUBJECT_NAME,))

    def _length(self, name: str) -> Iterator[Result]:
        if len(name) < self.min_length:
            yield Hit("too_short", (NAME,))
        if self.max_length is not None and len(name) > self.max_length:
            yield Hit("too_long", (NAME,))
        if len(CHINESE.findall(name)) < self.min_chinese:
            yield Hit("too_few_chinese", (NAME,))


def _shows(sign: Sign, name: str, case: Case) -> bool:
    if sign != "person_name":
        return PATTERNS[sign].search(name) is not None
    person = case.facts.get(SUBJECT_NAME, "")
    return _is_person(case) and bool(person) and person in name


def _is_nameless(case: Case) -> bool:
    return _is_person(case) and SUBJECT_NAME not in case.facts


def _is_person(case: Case) -> bool:
    return case.facts.get(NATURE) in PERSONAL
