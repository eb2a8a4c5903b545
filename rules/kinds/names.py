"""K31 words in names of websites, their relation to the subject, names used twice."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from rules.domains import to_unicode
from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, lacks_all, missing
from rules.kinds.conditions import SUBJECT_NAME
from rules.kinds.domains import label_of
from rules.kinds.name_shapes import NAME
from rules.wordlists import WordList, WordListName, word_list

DOMAIN = "domain.name"
USED_TWICE = "service.name_used_by_own_service"


@kind("name_words", "K31", values=("term",))
class NameWords(Kind):
    """The name contains no word of the list, nor of the lists in `more_words`; `at_head`
    looks at its beginning only, `whole` at names that consist of the word alone or with one of
    `tails`. Words of `heads` count at the beginning only, whatever holds for the others. With
    `except_own_name` words of the subject's own name do not count.

    `fields` may add the label of the domain, with `only_suffixes` of domains that end so. One of
    the papers in `unless` permits the word.
    """

    words: WordListName
    fields: tuple[Literal["service.name", "domain.name"], ...] = ("service.name",)
    at_head: bool = False
    whole: bool = False
    heads: WordListName | None = None
    more_words: tuple[WordListName, ...] = ()
    except_own_name: bool = False
    tails: tuple[str, ...] = ()
    only_suffixes: tuple[str, ...] = ()
    unless: tuple[MaterialKey, ...] = ()

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.at_head and self.whole) or (self.tails and not self.whole):
            raise ValueError("at_head and whole exclude each other, tails belong to whole")
        return self

    def reads(self) -> tuple[str, ...]:
        return (*self.fields, *((SUBJECT_NAME,) if self.except_own_name else ()))

    def abouts(self) -> tuple[str, ...]:
        return tuple(self._about(fact) for fact in self.fields)

    def check(self, case: Case) -> Iterator[Result]:
        if self.unless and not lacks_all(case, self.unless):
            return
        absent = missing(case, *self.fields)
        if absent:
            yield Unknown(absent)
        for fact in self.fields:
            if fact in case.facts:
                yield from self._look(case, fact, case.facts[fact])

    def _look(self, case: Case, fact: str, value: str) -> Iterator[Result]:
        endings = tuple("." + suffix for suffix in self.only_suffixes)
        if fact == DOMAIN and endings and not to_unicode(value).endswith(endings):
            return
        text = label_of(value) if fact == DOMAIN else value
        own_name = case.facts.get(SUBJECT_NAME) if self.except_own_name else ""
        if own_name is None and self._term(text) is not None:
            yield Unknown((SUBJECT_NAME,))
            return
        term = self._foreign_term(text, own_name or "")
        if term is not None:
            paper = next(iter(self.unless), None)
            yield Hit(self._about(fact), (fact,), material=paper, values={"term": term})

    def _foreign_term(self, text: str, own_name: str) -> str | None:
        """Return the first word that is not in the subject's own name."""
        found = self._term(text)
        while found is not None and found in own_name.lower():
            text = text.lower().replace(found, " ")
            found = self._term(text)
        return found

    def _term(self, text: str) -> str | None:
        lists = (word_list(name) for name in (self.words, *self.more_words))
        found = next((term for words in lists if (term := self._listed(words, text))), None)
        if found is None and self.heads is not None:
            return word_list(self.heads).at_head_of(text)
        return found

    def _listed(self, words: WordList, text: str) -> str | None:
        if self.whole:
            return self._alone(words, text)
        return words.at_head_of(text) if self.at_head else words.first_in(text)

    def _alone(self, words: WordList, text: str) -> str | None:
        stems = (text, *(text.removesuffix(tail) for tail in self.tails))
        return next((stem for stem in stems if stem.lower() in words.words), None)

    @staticmethod
    def _about(fact: str) -> str:
        return "word" if fact == NAME else fact


@kind("name_related", "K31")
class NameRelated(Kind):
    """The name shares two characters in a row with the subject's name, or a paper explains it."""

    unless: tuple[MaterialKey, ...] = ()
    shared: Annotated[int, Field(ge=1)] = 2

    def reads(self) -> tuple[str, ...]:
        return (NAME, SUBJECT_NAME)

    def abouts(self) -> tuple[str, ...]:
        return ("unrelated",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.unless and not lacks_all(case, self.unless):
            return
        absent = missing(case, NAME, SUBJECT_NAME)
        if absent:
            yield Unknown(absent)
        elif not self._pieces(case.facts[NAME]) & self._pieces(case.facts[SUBJECT_NAME]):
            yield Hit("unrelated", (NAME,), material=next(iter(self.unless), None))

    def _pieces(self, text: str) -> set[str]:
        return {text[i : i + self.shared] for i in range(len(text) - self.shared + 1)}


@kind("name_unique", "K31")
class NameUnique(Kind):
    """No other service of the subject bears the name."""

    def reads(self) -> tuple[str, ...]:
        return (USED_TWICE,)

    def abouts(self) -> tuple[str, ...]:
        return ("used_twice",)

    def check(self, case: Case) -> Iterator[Result]:
        used = case.facts.get(USED_TWICE)
        if used is None:
            yield Unknown((USED_TWICE,))
        elif used:
            yield Hit("used_twice", (NAME, USED_TWICE))
