"""K32 remarks, K33 content categories."""

from collections.abc import Iterator

from rules.enumerations import content_categories
from rules.kinds.base import (
    Case,
    Hit,
    Kind,
    MaterialKey,
    Number,
    Result,
    Unknown,
    Word,
    kind,
    lacks_all,
    missing,
)
from rules.kinds.conditions import NamedSubjects
from rules.kinds.words import CATEGORY, REMARK, Category
from rules.wordlists import WordListName, word_list

LENGTH = "service.remark_length"
DECLARATION = "service.remark_has_personal_declaration"


@kind("remark_rule", "K32")
class RemarkRule(NamedSubjects):
    """The remarks have `min_length` characters, carry the declaration of a personal website, and
    contain a word of `must_contain`.

    Too short a remark is left to the rule about contents where one of `unless_contents` is chosen.
    """

    min_length: Number = 0
    unless_contents: tuple[Category, ...] = ()
    personal_declaration: bool = False
    must_contain: WordListName | None = None

    def reads(self) -> tuple[str, ...]:
        chosen = (CATEGORY,) if self.unless_contents else ()
        return (*self.name_facts(), *self._asked(), *chosen)

    def _asked(self) -> tuple[str, ...]:
        length = (LENGTH,) if self.min_length else ()
        declared = (DECLARATION,) if self.personal_declaration else ()
        return (*length, *declared, *((REMARK,) if self.must_contain else ()))

    def abouts(self) -> tuple[str, ...]:
        tags = {LENGTH: "too_short", DECLARATION: "declaration_missing", REMARK: "words_missing"}
        return tuple(tags[fact] for fact in self._asked())

    def look(self, case: Case) -> Iterator[Result]:
        absent = missing(case, *self._asked())
        if absent:
            yield Unknown(absent)
        if self._is_short(case):
            yield Hit("too_short", (LENGTH,))
        if self.personal_declaration and case.facts.get(DECLARATION) is False:
            yield Hit("declaration_missing", (DECLARATION,))
        if self.must_contain and not self._contains(case, self.must_contain):
            yield Hit("words_missing", (REMARK,))

    def _is_short(self, case: Case) -> bool:
        described_elsewhere = not set(self.unless_contents).isdisjoint(case.facts.get(CATEGORY, ()))
        length: int = case.facts.get(LENGTH, self.min_length)
        return length < self.min_length and not described_elsewhere

    @staticmethod
    def _contains(case: Case, words: str) -> bool:
        remark = case.facts.get(REMARK)
        return remark is None or word_list(words).first_in(remark) is not None


@kind("content_category_rule", "K33", values=("term",))
class ContentCategoryRule(Kind):
    """Chosen contents are among `allow`, none is of `deny`; those in `remark_for` need a remark.

    The remarks contain no word of `remark_words`. One of the papers in `unless` permits the
    contents.
    """

    allow: tuple[Category, ...] = ()
    deny: tuple[Category, ...] = ()
    remark_for: tuple[Category, ...] = ()
    remark_words: WordListName | None = None
    unless: tuple[MaterialKey, ...] = ()

    def reads(self) -> tuple[str, ...]:
        length = (LENGTH,) if self.remark_for else ()
        return (CATEGORY, *length, *((REMARK,) if self.remark_words else ()))

    def abouts(self) -> tuple[str, ...]:
        missing_tag = ("remark_missing",) if self.remark_for else ()
        return ("not_allowed", *missing_tag, *(("remark_word",) if self.remark_words else ()))

    def check(self, case: Case) -> Iterator[Result]:
        permitted = bool(self.unless) and not lacks_all(case, self.unless)
        if self.remark_words and not permitted:
            yield from self._words(case, self.remark_words)
        chosen = case.facts.get(CATEGORY)
        if chosen is None:
            yield Unknown((CATEGORY,))
            return
        refused = [key for key in chosen if key in self.deny or self._is_foreign(key)]
        if refused and not permitted:
            paper = next(iter(self.unless), None)
            yield Hit("not_allowed", (CATEGORY,), material=paper, values=_named(refused[0]))
        described = [key for key in chosen if key in self.remark_for]
        if described:
            yield from self._remark(case, described[0])

    def _is_foreign(self, key: str) -> bool:
        return bool(self.allow) and key not in self.allow

    def _words(self, case: Case, words: str) -> Iterator[Result]:
        remark = case.facts.get(REMARK)
        if remark is None:
            yield Unknown((REMARK,))
            return
        term = word_list(words).first_in(remark)
        if term is not None:
            yield Hit("remark_word", (REMARK,), values={"term": term})

    def _remark(self, case: Case, category: str) -> Iterator[Result]:
        length = case.facts.get(LENGTH)
        if length is None:
            yield Unknown((LENGTH,))
        elif length == 0:
            yield Hit("remark_missing", (LENGTH, CATEGORY), values=_named(category))


def _named(key: str) -> dict[str, Word]:
    """The word of the text: a category as pages call it, or its key as it was given."""
    found = next((entry for entry in content_categories() if entry.key == key), None)
    return {"term": Word(found.zh, found.en) if found else Word(key, key)}
