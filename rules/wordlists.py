"""Lists of words as data, matched longest first, with phrases that do not count."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

WORDS_FILE = Path(__file__).parent / "data" / "words.toml"


@dataclass(frozen=True, slots=True)
class WordList:
    """`words` count, except inside one of the phrases in `except_in`."""

    name: str
    words: frozenset[str]
    pattern: re.Pattern[str]

    def first_in(self, text: str) -> str | None:
        """Return the first word found, as it is spelt in the list; case does not matter."""
        for match in self.pattern.finditer(text.lower()):
            if match.group() in self.words:
                return match.group()
        return None

    def at_head_of(self, text: str) -> str | None:
        match = self.pattern.match(text.lower())
        return match.group() if match and match.group() in self.words else None


Tables = Mapping[str, Mapping[str, list[str]]]
# Those of an earlier release while its rules are asked; else the shipped ones.
_OTHERS: ContextVar[Mapping[str, WordList] | None] = ContextVar("word_lists", default=None)


def built(tables: Tables) -> dict[str, WordList]:
    """The lists of words.toml, or of one like it."""
    return {name: _build(name, table) for name, table in tables.items()}


@contextmanager
def using_word_lists(lists: Mapping[str, WordList]) -> Iterator[None]:
    token = _OTHERS.set(lists)
    try:
        yield
    finally:
        _OTHERS.reset(token)


def _word_lists() -> Mapping[str, WordList]:
    others = _OTHERS.get()
    return _shipped() if others is None else others


@cache
def _shipped() -> dict[str, WordList]:
    with WORDS_FILE.open("rb") as file:
        return built(tomllib.load(file))


def _build(name: str, table: Mapping[str, list[str]]) -> WordList:
    words = frozenset(word.lower() for word in table["words"])
    phrases = words | {phrase.lower() for phrase in table.get("except_in", ())}
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return WordList(name, words, re.compile("|".join(map(re.escape, longest_first))))


def word_list(name: str) -> WordList:
    """Return a list by name; raises KeyError for an unknown one."""
    return _word_lists()[name]


def _exists(name: str) -> str:
    if name not in _word_lists():
        raise ValueError(f"{name} is no word list of data/words.toml")
    return name


def word_list_names() -> list[str]:
    """All lists, in the order of the file."""
    return list(_word_lists())


WordListName = Annotated[str, AfterValidator(_exists)]
