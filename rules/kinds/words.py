"""K30: words that call for an approval, and approvals the applicant ticked."""

from collections.abc import Iterator

from rules.kinds.base import (
    Case,
    FactName,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Unknown,
    kind,
    lacks_all,
)
from rules.wordlists import WordListName, word_list

TICKED = "service.pre_approval_ticked"


@kind("keyword_trigger", "K30", additive=True, values=("term",))
class KeywordTrigger(Kind):
    """A word of the list in one of `fields` asks for one of the papers.

    Without `any_of` there is no paper that helps.
    """

    fields: tuple[FactName, ...]
    words: WordListName
    any_of: tuple[MaterialKey, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return self.fields

    def abouts(self) -> tuple[str, ...]:
        return self.fields

    def check(self, case: Case) -> Iterator[Result]:
        if self.any_of and not lacks_all(case, self.any_of):
            return
        for fact in self.fields:
            text = case.facts.get(fact)
            if text is None:
                yield Unknown((fact,))
                continue
            term = word_list(self.words).first_in(text)
            if term is not None:
                yield Hit(
                    fact,
                    (fact,),
                    material=self.any_of[0] if self.any_of else None,
                    any_of=self.any_of,
                    values={"term": term},
                )


@kind("pre_approval_ticked", "K30", additive=True)
class PreApprovalTicked(Kind):
    """A ticked category other than `free` asks for one of the papers."""

    any_of: tuple[MaterialKey, ...]
    free: tuple[str, ...] = ("none",)

    def reads(self) -> tuple[str, ...]:
        return (TICKED,)

    def abouts(self) -> tuple[str, ...]:
        return ("ticked",)

    def check(self, case: Case) -> Iterator[Result]:
        ticked = case.facts.get(TICKED)
        if ticked is None:
            yield Unknown((TICKED,))
        elif set(ticked) - set(self.free) and lacks_all(case, self.any_of):
            yield Hit("ticked", (TICKED,), material=self.any_of[0], any_of=self.any_of)
