"""Facts that somebody reads off a paper, so that they are asked for where it is uploaded."""

from typing import NamedTuple


class PaperFact(NamedTuple):
    """`fact` stands on one of `papers`, whichever is there. With `is_past` it is a day on which
    something was done and cannot lie ahead."""

    fact: str
    papers: tuple[str, ...]
    is_past: bool = False
