"""K31 names of websites, K33 content categories."""

import re
from collections.abc import Iterator

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, lacks_all
from rules.wordlists import WordListName, word_list

NAME = "service.name"
SUBJECT = "subject.name"
DOMAIN = "domain.name"
CATEGORY = "service.content_category"
REMARK = "service.remark_length"

ONLY_DIGITS = re.compile(r"[0-9]+")
ONLY_LATIN = re.compile(r"[A-Za-z0-9\s.\-]+")
SPECIAL_SIGN = re.compile(r"[^\w\s()（）\-·]|_")
DOMAIN_LIKE = re.compile(r"(?:www\.|https?:)|\.[a-z]{2,}\b", re.IGNORECASE)


@kind("name_shape", "K31")
class NameShape(Kind):
    """Length in characters, and signs: not digits only, not Latin only, no special signs."""

    min_length: int
    max_length: int | None = None

    def reads(self) -> tuple[str, ...]:
        return (NAME,)

    def abouts(self) -> tuple[str, ...]:
        return (
            "too_short",
            *(() if self.max_length is None else ("too_long",)),
            "domain",
            "only_digits",
            "only_latin",
            "special_sign",
        )

    def check(self, case: Case) -> Iterator[Result]:
        name = case.facts.get(NAME)
        if name is None:
            yield Unknown((NAME,))
            return
        if len(name) < self.min_length:
            yield Hit("too_short", (NAME,))
        if self.max_length is not None and len(name) > self.max_length:
            yield Hit("too_long", (NAME,))
        problem = self._signs(name)
        if problem:
            yield Hit(problem, (NAME,))

    def _signs(self, name: str) -> str | None:
        if DOMAIN_LIKE.search(name):
            return "domain"
        if ONLY_DIGITS.fullmatch(name):
            return "only_digits"
        if ONLY_LATIN.fullmatch(name):
            return "only_latin"
        return "special_sign" if SPECIAL_SIGN.search(name) else None


@kind("name_words", "K31", values=("term",))
class NameWords(Kind):
    """The name contains no word of the list; `at_head` looks at its beginning only.

    One of the papers in `unless` permits it.
    """

    words: WordListName
    at_head: bool = False
    unless: tuple[MaterialKey, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return (NAME,)

    def abouts(self) -> tuple[str, ...]:
        return ("word",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.unless and not lacks_all(case, self.unless):
            return
        name = case.facts.get(NAME)
        if name is None:
            yield Unknown((NAME,))
            return
        words = word_list(self.words)
        term = words.at_head_of(name) if self.at_head else words.first_in(name)
        if term is not None:
            yield Hit(
                "word", (NAME,), material=next(iter(self.unless), None), values={"term": term}
            )


@kind("name_related", "K31")
class NameRelated(Kind):
    """The name shares two characters in a row with the subject's name, or a paper explains it."""

    unless: tuple[MaterialKey, ...] = ()
    shared: int = 2

    def reads(self) -> tuple[str, ...]:
        return (NAME, SUBJECT)

    def abouts(self) -> tuple[str, ...]:
        return ("unrelated",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.unless and not lacks_all(case, self.unless):
            return
        name, subject = case.facts.get(NAME), case.facts.get(SUBJECT)
        if name is None or subject is None:
            yield Unknown(tuple(fact for fact in (NAME, SUBJECT) if fact not in case.facts))
        elif not self._pieces(name) & self._pieces(subject):
            yield Hit("unrelated", (NAME,), material=next(iter(self.unless), None))

    def _pieces(self, text: str) -> set[str]:
        return {text[i : i + self.shared] for i in range(len(text) - self.shared + 1)}


@kind("content_category_rule", "K33")
class ContentCategoryRule(Kind):
    """Chosen contents are among `allow`, none is of `deny`; those in `remark_for` need a remark."""

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    remark_for: tuple[str, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return (CATEGORY, REMARK) if self.remark_for else (CATEGORY,)

    def abouts(self) -> tuple[str, ...]:
        return ("not_allowed", "remark_missing") if self.remark_for else ("not_allowed",)

    def check(self, case: Case) -> Iterator[Result]:
        chosen = case.facts.get(CATEGORY)
        if chosen is None:
            yield Unknown((CATEGORY,))
            return
        refused = set(chosen) & set(self.deny)
        if refused or (self.allow and set(chosen) - set(self.allow)):
            yield Hit("not_allowed", (CATEGORY,))
        if set(chosen) & set(self.remark_for):
            yield from self._remark(case)

    def _remark(self, case: Case) -> Iterator[Result]:
        length = case.facts.get(REMARK)
        if length is None:
            yield Unknown((REMARK,))
        elif length == 0:
            yield Hit("remark_missing", (REMARK, CATEGORY))
