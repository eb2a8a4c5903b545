"""Conditions that several kinds share: whose name says what they are, natures as parameters."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AfterValidator

from rules.kinds.base import Case, Kind, Result, Unknown
from rules.who import WHO
from rules.wordlists import WordListName, word_list

SUBJECT_NAME = "subject.name"


def _known_who(letter: str) -> str:
    if letter not in WHO:
        raise ValueError(f"{letter} names nobody")
    return letter


# The letters of a row's `who`, as a parameter: "P", "U", "*" or a nature's own key.
WhoLetter = Annotated[str, AfterValidator(_known_who)]


class NamedSubjects(Kind):
    """Base of kinds that `subject_words` limits to subjects whose name contains one of the list's
    words: law firms, hospitals, travel agencies. Such a kind implements `look` in place of
    `check`."""

    subject_words: WordListName | None = None

    def name_facts(self) -> tuple[str, ...]:
        return (SUBJECT_NAME,) if self.subject_words else ()

    def check(self, case: Case) -> Iterator[Result]:
        if self.subject_words is None:
            yield from self.look(case)
        elif SUBJECT_NAME not in case.facts:
            yield Unknown((SUBJECT_NAME,))
        elif word_list(self.subject_words).first_in(case.facts[SUBJECT_NAME]) is not None:
            yield from self.look(case)

    def look(self, case: Case) -> Iterator[Result]:
        """Look at a case whose subject is concerned."""
        raise NotImplementedError
