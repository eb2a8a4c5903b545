"""What a list consists of: lines to tick off, each with where it comes from."""

from dataclasses import dataclass
from typing import NamedTuple

from beian.lazy_text import LazyText


class Item(NamedTuple):
    """`papers` are lines of names. `is_ticked`: it can be got ready, and has a box on paper."""

    text: str
    papers: tuple[str, ...] = ()
    source: str = ""
    retrieved: str = ""
    is_provincial: bool = False
    is_advice: bool = False
    is_ticked: bool = True


@dataclass(frozen=True)
class Section:
    title: LazyText
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Checklist:
    """`can_start`: somebody may begin this very filing here now."""

    sections: tuple[Section, ...]
    can_start: bool
