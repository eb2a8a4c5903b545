"""The facts the rules see of an order: reading and checking a flat mapping name → value.

`rules/vocabulary.py` lists them. A fact that is absent, null where null says nothing, or the word
"unknown" is unknown; a rule that needs it then asks the reviewer and never blocks.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from rules.regions import provinces
from rules.vocabulary import FACTS, NATURE_CODES, NATURES, Fact

UNKNOWN = "unknown"
PHONE_NOISE = re.compile(r"[\s\-()（）]")
# Counties of 重庆 have their own code group but are one city with its districts.
CHONGQING, CHONGQING_COUNTIES = "5001", "5002"
DIRECT_COUNTIES = "90"
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# Days and months are counted on from a date, so that some must be left; what is valid for ever may
# say so with a later one.
LAST_DAY = date(9800, 12, 31)
CITY = re.compile(r"[0-9]{4}([0-9]{2})?")

LISTS = (list, tuple)

Facts = dict[str, Any]


class FactsError(ValueError):
    """A mapping the engine cannot use; the message names the fact."""


def read_facts(raw: Mapping[str, Any]) -> Facts:
    """Return the known facts with dates, phones and codes in one form.

    Raises FactsError for an unknown fact name or a value of the wrong type.
    """
    facts: Facts = {}
    for name, value in raw.items():
        if name not in FACTS:
            raise FactsError(f'unknown fact "{name}"')
        fact, read = _READING[name]
        if value is None:
            if fact.nullable:
                facts[name] = None
        elif value != UNKNOWN:
            facts[name] = read(fact, value)
    return facts


def phone_number(text: str) -> str:
    """Return a number as people write it in one form, without spaces, dashes and country code."""
    number = text if text.isdigit() else PHONE_NOISE.sub("", text)
    return number.removeprefix("+86").removeprefix("0086") or number


def same_phone(left: str, right: str) -> bool:
    """Compare two numbers as read by `read_facts`."""
    return bool(left) and left == right


def _text(fact: Fact, value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    raise _wrong(fact, "text", value)


def _flag(fact: Fact, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise _wrong(fact, "true or false", value)


def _count(fact: Fact, value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise _wrong(fact, "a whole number from 0", value)


def _date(fact: Fact, value: Any) -> date:
    is_day = isinstance(value, date) and not isinstance(value, datetime)
    day = value if is_day else read_day(value)
    if day is None:
        raise _wrong(fact, "a date YYYY-MM-DD", value)
    if day > LAST_DAY and not fact.nullable:
        raise FactsError(f'fact "{fact.name}" must be a date up to {LAST_DAY}')
    return day


def read_day(text: Any) -> date | None:
    """Return the day written YYYY-MM-DD, no other spelling; None if there is none."""
    try:
        return date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except (TypeError, ValueError):
        return None


def _phone(fact: Fact, value: Any) -> str:
    return phone_number(_text(fact, value))


def _province(fact: Fact, value: Any) -> str:
    code = _text(fact, value).removesuffix("0000")
    if code in provinces():
        return code
    # 港澳台 addresses and overseas documents carry codes of no bureau; they differ from all.
    if re.fullmatch(r"[0-9]{2}", code):
        return code
    raise _wrong(fact, "a two-digit GB/T 2260 code", value)


def _city(fact: Fact, value: Any) -> str:
    code = _text(fact, value)
    if not CITY.fullmatch(code):
        raise _wrong(fact, "a GB/T 2260 city code", value)
    if code[2:4] == DIRECT_COUNTIES and not code.endswith("00"):
        return code  # a county-level city that answers to its province
    return CHONGQING if code.startswith(CHONGQING_COUNTIES) else code[:4]


def _choice(fact: Fact, value: Any) -> str:
    key = _text(fact, value)
    if fact.choices == NATURES:
        key = NATURE_CODES.get(key, key)
    if key in fact.choices:
        return key
    raise _wrong(fact, "one of " + ", ".join(fact.choices), value)


def _keys(fact: Fact, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value.strip(),)
    if isinstance(value, LISTS) and all(isinstance(item, str) for item in value):
        return tuple([item.strip() for item in value])
    raise _wrong(fact, "a list of keys", value)


def _wrong(fact: Fact, expected: str, value: Any) -> FactsError:
    # The value may be personal data, so only its kind is named.
    return FactsError(f'fact "{fact.name}" must be {expected}, not {type(value).__name__}')


READERS: dict[str, Callable[[Fact, Any], Any]] = {
    "text": _text,
    "flag": _flag,
    "count": _count,
    "date": _date,
    "phone": _phone,
    "province": _province,
    "city": _city,
    "choice": _choice,
    "keys": _keys,
}

_READING = {name: (fact, READERS[fact.type]) for name, fact in FACTS.items()}
