"""Which papers a kind asks for: all of them, one of several, or one that lifts the demand."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

How = Literal["all", "one_of", "unless"]
Way = tuple[str, ...]


class AskedPapers(NamedTuple):
    """`ways` stand for one another, each complete in itself. How many of them come:

    "all": every way. "one_of": any. "unless": any, in the place of what is demanded.
    """

    how: How
    ways: tuple[Way, ...]


def asked_papers(how: How, *ways: Way) -> tuple[AskedPapers, ...]:
    """One group of ways, none where no way is named."""
    named = tuple(way for way in ways if way)
    if not named:
        return ()
    return (AskedPapers("all" if how == "one_of" and len(named) == 1 else how, named),)


def papers_named(parameters: Mapping[str, Any]) -> tuple[AskedPapers, ...]:
    """By the names that parameters have in all kinds: `any_of` and the `sets`, one of which is
    enough; `material`, `materials`, `all_of` and `needs`, which all come; `unless`, which stands
    in for the demand. What merely settles a demand (`settled_by`) is asked for elsewhere."""
    single = [key] if (key := parameters.get("material")) else []
    every = [*single, *(key for name in ALL_OF for key in parameters.get(name, ()))]
    return (
        *asked_papers("one_of", *_each(parameters.get("any_of", ())), *parameters.get("sets", ())),
        *asked_papers("all", *_each(every)),
        *asked_papers("unless", *_each(parameters.get("unless", ()))),
    )


ALL_OF = ("materials", "all_of", "needs")


def _each(keys: Any) -> tuple[Way, ...]:
    return tuple((key,) for key in keys)
