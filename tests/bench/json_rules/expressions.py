"""The words of JSON Logic our rules need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rules.vocabulary import FACTS

Logic = Any

FOUND, UNKNOWN = "found", "unknown"
# What a null says that says something: no end of validity, never filed.
NEVER = "9999-12-31"
SAME = "service_principal.same_as_principal"
IS_LEGAL_REP = "principal.is_legal_rep"
SUBJECT_NAME = "subject.name"


def var(name: str, instead: str | None = None) -> Logic:
    return {"var": name if instead is None else [name, {"var": instead}]}


def known(value: str | Logic) -> Logic:
    return {"!==": [_value(value), None]}


def absent(value: str | Logic) -> Logic:
    return {"===": [_value(value), None]}


def equal(value: str | Logic, other: Any) -> Logic:
    return {"===": [_value(value), other]}


def differs(value: str | Logic, other: Any) -> Logic:
    return {"!==": [_value(value), other]}


def one_of(value: str | Logic, choices: Iterable[str]) -> Logic:
    return {"in": [_value(value), list(choices)]}


def contains(value: str | Logic, words: Iterable[str]) -> Logic:
    return some(*({"in": [word, _value(value)]} for word in words))


def compared(left: str | Logic, sign: str, right: Any) -> Logic:
    """Only where the left side is known."""
    return every(known(left), {sign: [_value(left), right]})


def every(*parts: Logic) -> Logic:
    if any(part is False for part in parts):
        return False
    return _joined("and", [part for part in parts if part is not True], empty=True)


def some(*parts: Logic) -> Logic:
    if any(part is True for part in parts):
        return True
    return _joined("or", [part for part in parts if part is not False], empty=False)


def negated(part: Logic) -> Logic:
    return not part if isinstance(part, bool) else {"!": [part]}


def lacks(any_of: Iterable[str] = (), sets: Iterable[Iterable[str]] = ()) -> Logic:
    """None of the papers is there, and none of the sets as a whole."""
    ways = [*([key] for key in any_of), *sets]
    return negated(some(*(every(*map(_is_there, way)) for way in ways)))


def persons(roles: Iterable[str], name: str) -> Iterator[tuple[Logic, Logic]]:
    """For each role whether it is looked at, and what it says.

    A service principal who is the subject principal is looked at once, with the latter's facts.
    """
    for role in roles:
        own, other = f"{role}.{name}", f"principal.{name}"
        if role == "principal":
            yield True, var(own)
        elif "principal" in roles:
            yield differs(SAME, True), var(own)
        elif other in FACTS:
            yield True, {"if": [equal(SAME, True), var(own, other), var(own)]}
        else:
            yield True, var(own)


def legal_rep(name: str) -> Logic:
    """The legal representative's own fact, or that of a principal who is the same person."""
    own = f"legal_rep.{name}"
    return {"if": [equal(IS_LEGAL_REP, True), var(own, f"principal.{name}"), var(own)]}


def elsewhere(facts: Iterable[str]) -> tuple[Logic, Logic]:
    """Whether one of the areas is not the filing province, and whether none is known."""
    away = (every(known(fact), differs(fact, var("province"))) for fact in facts)
    return some(*away), every(*(absent(fact) for fact in facts))


def named(words: tuple[str, ...]) -> tuple[Logic, Logic]:
    """Whether the subject's name contains one of the words, and whether nobody knows."""
    if not words:
        return True, False
    return every(known(SUBJECT_NAME), contains(SUBJECT_NAME, words)), absent(SUBJECT_NAME)


def _value(value: str | Logic) -> Logic:
    return var(value) if isinstance(value, str) else value


def _is_there(paper: str) -> Logic:
    return {"in": [paper, var("materials")]}


def _joined(operator: str, parts: list[Logic], *, empty: bool) -> Logic:
    if len(parts) > 1:
        return {operator: parts}
    return parts[0] if parts else empty
