"""K30: words that call for an approval, and approvals the applicant ticked."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from rules.enumerations import content_categories, pre_approvals
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
from rules.kinds.conditions import SUBJECT_NAME
from rules.kinds.domains import label_of
from rules.kinds.papers import Needed, PaperSet, lacking
from rules.wordlists import WordListName, word_list

TICKED = "service.pre_approval_ticked"
CATEGORY = "service.content_category"
REMARK = "service.remarks"
DOMAIN = "domain.name"
NONE = "none"


def _known_pre_approval(key: str) -> str:
    if key not in {entry.key for entry in pre_approvals()}:
        raise ValueError(f"{key} is no pre-approval category")
    return key


def _known_category(key: str) -> str:
    if key not in {entry.key for entry in content_categories()}:
        raise ValueError(f"{key} is no content category")
    return key


PreApproval = Annotated[str, AfterValidator(_known_pre_approval)]
Category = Annotated[str, AfterValidator(_known_category)]


@kind("keyword_trigger", "K30", additive=True, values=("term",))
class KeywordTrigger(Kind):
    """A word of the list in one of `fields`, or a content of `categories`, asks for one paper of
    `any_of` or one whole set of `sets`, or for every paper of `all_of`.

    Without papers there is nothing that helps. A paper of `settled_by` will do too, but is not
    asked for here: a province's own rule names it. Of a domain only the part before the suffix is
    read. It is silent for subjects whose name contains a word of `except_subjects`, where the
    remarks contain one of `waived_by_remark`, and with `unless_ticked` where a pre-approval is
    ticked. `must_tick` is a pre-approval to tick besides.
    """

    fields: tuple[FactName, ...]
    words: WordListName
    any_of: tuple[MaterialKey, ...] = ()
    sets: tuple[PaperSet, ...] = ()
    all_of: tuple[MaterialKey, ...] = ()
    settled_by: tuple[MaterialKey, ...] = ()
    categories: tuple[Category, ...] = ()
    must_tick: PreApproval | None = None
    unless_ticked: bool = False
    waived_by_remark: WordListName | None = None
    except_subjects: WordListName | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.all_of and (self.any_of or self.sets):
            raise ValueError("any_of and all_of exclude each other")
        if self.settled_by and not self.any_of:
            raise ValueError("settled_by adds to any_of")
        return self

    def reads(self) -> tuple[str, ...]:
        facts = [*self.fields]
        facts += [CATEGORY] if self.categories else []
        facts += [TICKED] if self.unless_ticked or self.must_tick else []
        facts += [REMARK] if self.waived_by_remark else []
        return tuple(dict.fromkeys((*facts, *((SUBJECT_NAME,) if self.except_subjects else ()))))

    def abouts(self) -> tuple[str, ...]:
        category = (CATEGORY,) if self.categories else ()
        return (*self.fields, *category, *(("not_ticked",) if self.must_tick else ()))

    def check(self, case: Case) -> Iterator[Result]:
        if self._is_waived(case):
            return
        settled = self._lacking(case) == ()
        for fact in self._asked():
            if fact not in case.facts:
                if not settled:
                    yield Unknown((fact,))
                continue
            term = self._term(fact, case.facts[fact])
            if term is not None:
                yield from self._hits(case, fact, term)

    def _asked(self) -> tuple[str, ...]:
        return (*self.fields, *((CATEGORY,) if self.categories else ()))

    def _term(self, fact: str, value: str | tuple[str, ...]) -> str | None:
        if fact == CATEGORY:
            chosen = [entry.zh for entry in content_categories() if entry.key in value]
            wanted = {entry.zh for entry in content_categories() if entry.key in self.categories}
            return next((name for name in chosen if name in wanted), None)
        text = label_of(str(value)) if fact == DOMAIN else str(value)
        return word_list(self.words).first_in(text)

    def _lacking(self, case: Case) -> tuple[Needed, ...] | None:
        """The papers to ask for with their equals, empty if all is there, None where no paper
        helps."""
        if self.all_of:
            return tuple((paper, ()) for paper in self.all_of if paper not in case.materials)
        if not (self.any_of or self.sets):
            return None
        if not lacks_all(case, (*self.any_of, *self.settled_by)):
            return ()
        if self.sets:
            return tuple(lacking(case, self.any_of, self.sets))
        return ((self.any_of[0], self.any_of),)

    def _is_waived(self, case: Case) -> bool:
        by_remark = self.waived_by_remark and _contains(case, REMARK, self.waived_by_remark)
        by_name = self.except_subjects and _contains(case, SUBJECT_NAME, self.except_subjects)
        ticked = set(case.facts.get(TICKED, ())) - {NONE}
        return bool(by_remark or by_name or (self.unless_ticked and ticked))

    def _hits(self, case: Case, fact: str, term: str) -> Iterator[Result]:
        if self.unless_ticked and TICKED not in case.facts:
            yield Unknown((TICKED,))
            return
        if self.except_subjects and SUBJECT_NAME not in case.facts:
            yield Unknown((SUBJECT_NAME,))
            return
        values = {"term": term}
        papers = self._lacking(case)
        if papers is None and self.must_tick is None:
            yield Hit(fact, (fact,), values=values)
        for paper, equals in papers or ():
            yield Hit(fact, (fact,), material=paper, any_of=equals, values=values)
        if self.must_tick and TICKED not in case.facts:
            yield Unknown((TICKED,))
        elif self.must_tick and self.must_tick not in case.facts[TICKED]:
            yield Hit("not_ticked", (TICKED, fact), values=values)


def _contains(case: Case, fact: str, words: str) -> bool:
    return word_list(words).first_in(case.facts.get(fact, "")) is not None


@kind("pre_approval_ticked", "K30", additive=True)
class PreApprovalTicked(Kind):
    """A ticked category other than `free`, or with `only` one of these, asks for one of the
    papers in `any_of`; one of `settled_by` will do too."""

    any_of: tuple[MaterialKey, ...]
    settled_by: tuple[MaterialKey, ...] = ()
    free: tuple[str, ...] = (NONE,)
    only: tuple[PreApproval, ...] = ()

    def reads(self) -> tuple[str, ...]:
        return (TICKED,)

    def abouts(self) -> tuple[str, ...]:
        return ("ticked",)

    def check(self, case: Case) -> Iterator[Result]:
        ticked = case.facts.get(TICKED)
        if ticked is None:
            yield Unknown((TICKED,))
            return
        concerned = set(ticked) & set(self.only) if self.only else set(ticked) - set(self.free)
        if concerned and lacks_all(case, (*self.any_of, *self.settled_by)):
            yield Hit("ticked", (TICKED,), material=self.any_of[0], any_of=self.any_of)
