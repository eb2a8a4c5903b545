"""Papers that stand for one another: single ones, and sets that count only when complete."""

from typing import Annotated

from pydantic import Field

from rules.kinds.base import Case, MaterialKey

PaperSet = Annotated[tuple[MaterialKey, ...], Field(min_length=1)]
Needed = tuple[str, tuple[str, ...]]


def lacking(
    case: Case, any_of: tuple[str, ...] = (), sets: tuple[tuple[str, ...], ...] = ()
) -> list[Needed]:
    """Return the papers still to ask for, each with its equals.

    One paper of `any_of` or one whole set is enough. Someone who has begun a set is asked for the
    rest of it; someone who has nothing is asked for the first paper of each way.
    """
    ways = (*((key,) for key in any_of), *sets)
    rest = [[key for key in way if key not in case.materials] for way in ways]
    if not all(rest):
        return []
    begun = [todo for way, todo in zip(ways, rest, strict=True) if len(todo) < len(way)]
    if begun or len(rest) == 1:
        return [(key, ()) for key in min(begun or rest, key=len)]
    firsts = tuple(dict.fromkeys(way[0] for way in ways))
    return [(key, firsts) for key in firsts[:1]]
