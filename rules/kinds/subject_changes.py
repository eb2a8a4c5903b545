"""K35: how a subject on record may change."""

from collections.abc import Iterator, Mapping
from typing import Literal

from rules.kinds.asked_papers import AskedPapers, asked_papers
from rules.kinds.base import Case, Hit, Kind, MaterialKey, Result, Unknown, kind, lacks_all
from rules.kinds.conditions import WhoLetter
from rules.who import natures_of

NATURE, BEFORE = "subject.nature", "subject.nature_before"
SAME_LEGAL_REP = "subject.same_legal_rep_as_before"

# From the largest to the smallest: of these three the first that happened is the change.
# A change of nature always puts another subject in place and mostly renames it.
Change = Literal["nature", "replaced", "renamed", "credit_code"]
FLAGS: dict[Change, str] = {
    "replaced": "subject.replaced_by_other_subject",
    "renamed": "subject.name_changed",
    "credit_code": "subject.credit_code_changed",
}


@kind("subject_change_policy", "K35")
class SubjectChangePolicy(Kind):
    """A subject whose nature on record is one of `before` becomes one of `becomes` or keeps its
    own, and makes none of the changes in `refuse`.

    Changes in `papers` bring one of their papers, those in `same_legal_rep` pass only with the
    legal representative on record (for a person: the person themself). A nature on record that
    nobody told is taken to be today's; where the legal representative stays, a replaced person has
    then become their own unit.
    """

    before: tuple[WhoLetter, ...] = ("*",)
    becomes: tuple[WhoLetter, ...] = ("*",)
    refuse: tuple[Change, ...] = ()
    papers: Mapping[Change, tuple[MaterialKey, ...]] = {}
    same_legal_rep: tuple[Change, ...] = ()

    def reads(self) -> tuple[str, ...]:
        flags = tuple(fact for change, fact in FLAGS.items() if change in self._concerned())
        return (NATURE, BEFORE, *flags, *((SAME_LEGAL_REP,) if self.same_legal_rep else ()))

    def asked_papers(self) -> tuple[AskedPapers, ...]:
        groups = dict.fromkeys(self.papers.values())
        return tuple(
            asked
            for papers in groups
            for asked in asked_papers("one_of", *((paper,) for paper in papers))
        )

    def told_to(self, nature: str) -> bool:
        """A row about natural persons on record says nothing to a unit."""
        return nature in natures_of(self.before)

    def abouts(self) -> tuple[str, ...]:
        """A change that is refused or lacks a condition has its own tag, one that lacks its
        paper the tag with "_paper"."""
        refusable = {*self.refuse, *self.same_legal_rep}
        refusable |= {"nature"} if "*" not in self.becomes else set()
        return (*sorted(refusable), *(f"{change}_paper" for change in self.papers))

    def _concerned(self) -> set[str]:
        return {*self.refuse, *self.papers, *self.same_legal_rep}

    def check(self, case: Case) -> Iterator[Result]:
        nature = case.facts.get(NATURE)
        before = case.facts.get(BEFORE, nature)
        if before is None:
            yield Unknown((BEFORE,))
            return
        if before not in natures_of(self.before):
            return
        if nature is not None and nature != before:
            yield from self._nature(case, nature)
        else:
            yield from self._same_nature(case)
        yield from self._flag(case, "credit_code")

    def _nature(self, case: Case, nature: str) -> Iterator[Result]:
        if nature not in natures_of(self.becomes):
            yield Hit("nature", (NATURE, BEFORE))
        else:
            yield from self._made(case, "nature", (NATURE, BEFORE))

    def _same_nature(self, case: Case) -> Iterator[Result]:
        if case.facts.get(FLAGS["replaced"]) is not True:
            yield from self._flag(case, "replaced")
            yield from self._flag(case, "renamed")
        elif self._is_own_unit(case):
            yield from self._made(case, "nature", (FLAGS["replaced"],))
        else:
            yield from self._flag(case, "replaced")

    def _is_own_unit(self, case: Case) -> bool:
        """Whether a subject of a nature nobody told gave way to one of the same representative."""
        may_be = "nature" in self.same_legal_rep and BEFORE not in case.facts
        return may_be and case.facts.get(SAME_LEGAL_REP) is True

    def _flag(self, case: Case, change: Change) -> Iterator[Result]:
        if change not in self._concerned():
            return
        fact = FLAGS[change]
        happened = case.facts.get(fact)
        if happened is None:
            yield Unknown((fact,))
        elif happened:
            yield from self._made(case, change, (fact,))

    def _made(self, case: Case, change: Change, facts: tuple[str, ...]) -> Iterator[Result]:
        if change in self.refuse:
            yield Hit(change, facts)
            return
        if change in self.same_legal_rep:
            same = case.facts.get(SAME_LEGAL_REP)
            if same is None:
                yield Unknown((SAME_LEGAL_REP,))
            elif not same:
                yield Hit(change, (*facts, SAME_LEGAL_REP))
                return
        papers = self.papers.get(change, ())
        if papers and lacks_all(case, papers):
            yield Hit(
                f"{change}_paper", facts, outcome="material", material=papers[0], any_of=papers
            )
