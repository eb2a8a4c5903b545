"""Facts at random around what a rule looks at: limits met, missed by one, and unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from rules.enumerations import content_categories
from rules.kinds import Case
from rules.kinds.dates import add_months
from rules.rule import Rule
from rules.vocabulary import FACTS, Fact
from rules.who import ORDER_TYPES
from tests.rules.cases import BASES, TODAY

# What kinds look at beside the facts they read.
ALWAYS = (
    "service_principal.same_as_principal",
    "principal.is_legal_rep",
    "subject.nature",
    "order.existing_services",
)
# How many facts are known, and how many of the papers are there.
KNOWN, HANDED_IN = 0.8, 0.3
PHONES = ("13800000001", "13800000002", "05718800000", "")
PROVINCES = ("33", "44", "31")
SIMPLE = {
    "flag": (True, False),
    "phone": PHONES,
    "province": PROVINCES,
    "city": ("3301", "3302"),
}


def cases(
    rules: Sequence[Rule], count: int, *, province: str | None = None, **fixed: Any
) -> Iterator[Case]:
    """The facts are in the form in which `rules.facts.read_facts` gives them."""
    random = Random(" ".join(rule.row.key for rule in rules))
    named = [word for rule in rules for word in _words(rule.row.params)]
    numbers = [number for rule in rules for number in _numbers(rule.row.params)] or [0]
    names = dict.fromkeys((*(name for rule in rules for name in _looked_at(rule)), *ALWAYS))
    for _ in range(count):
        facts = {
            name: _value(FACTS[name], random, named, numbers)
            for name in names
            if random.random() < KNOWN
        }
        papers = frozenset(word for word in named if random.random() < HANDED_IN)
        order_type = random.choice(sorted(ORDER_TYPES))
        filed_in = province or random.choice(PROVINCES)
        yield Case({**facts, **fixed}, filed_in, order_type, TODAY, papers)


def _looked_at(rule: Rule) -> tuple[str, ...]:
    reads = rule.kind.reads() if rule.kind is not None else ()
    swapped = (name.replace("service_principal.", "principal.") for name in reads)
    own = (name.replace("legal_rep.", "principal.") for name in reads)
    return tuple(name for name in (*reads, *swapped, *own) if name in FACTS)


def _value(fact: Fact, random: Random, named: list[str], numbers: list[int]) -> Any:
    if fact.nullable and random.random() < 0.2:
        return None
    if fact.type == "text":
        return "".join(random.sample(named, min(len(named), random.randrange(3)))) + "示例"
    if fact.type == "count":
        return max(random.choice(numbers) + random.randrange(-1, 2), 0)
    if fact.type == "keys":
        keys = [entry.key for entry in content_categories()] + named
        return tuple(random.sample(keys, random.randrange(3)))
    return random.choice(_simple(fact, numbers))


def _simple(fact: Fact, numbers: list[int]) -> Sequence[Any]:
    """The values of a fact of which one is as good as another."""
    if fact.type == "date":
        return [*_dates(numbers)]
    if fact.type == "choice":
        based = (base.get(fact.name) for base in BASES.values())
        return [value for value in (*fact.choices, *based) if value is not None]
    return SIMPLE[fact.type]


def _dates(numbers: list[int]) -> Iterator[date]:
    for number in (0, *numbers):
        for middle in (add_months(TODAY, number), add_months(TODAY, -12 * number)):
            yield from (middle + timedelta(days=days) for days in (-1, 0, 1, 200))
    yield from (TODAY - timedelta(days=days) for days in range(8))


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in _parts(value):
        yield from _words(part)


def _numbers(value: Any) -> Iterator[int]:
    if isinstance(value, int) and not isinstance(value, bool) and value < 130:
        yield value
    for part in _parts(value):
        yield from _numbers(part)


def _parts(value: Any) -> tuple[Any, ...]:
    if isinstance(value, dict):
        return (*value, *value.values())
    return tuple(value) if isinstance(value, list | tuple) else ()
