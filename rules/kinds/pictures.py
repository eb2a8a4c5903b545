"""K38: photos and videos of a person, beyond those of the truthfulness check."""

from collections.abc import Iterator

from rules.kinds.base import Case, Hit, Kind, MaterialKey, Number, Result, Role, Unknown, kind
from rules.kinds.dates import age_on
from rules.kinds.paper_facts import PaperFact

LEGAL_REP_PROVINCE = "legal_rep.id_province"
# Where the principal is the legal representative, the principal's ID is the one in question.
OWN_PROVINCE, IS_LEGAL_REP = "principal.id_province", "principal.is_legal_rep"
AREA_FACTS = (LEGAL_REP_PROVINCE, OWN_PROVINCE, IS_LEGAL_REP)
REUSED = "verification_photo.reused"


@kind("photo_or_video", "K38", additive=True)
class PhotoOrVideo(Kind):
    """The photo or video `material` is there; nothing stands in for it.

    Without a condition everybody brings it. `from_age` asks it of a person in `role` of that age
    or older, `legal_rep_from_elsewhere` where the legal representative's ID is from another
    province, `not_reused` only where the photo at hand was taken for an earlier order.
    """

    material: MaterialKey
    role: Role = "principal"
    from_age: Number | None = None
    legal_rep_from_elsewhere: bool = False
    not_reused: bool = False

    def reads(self) -> tuple[str, ...]:
        born = (self._born,) if self.from_age is not None else ()
        area = AREA_FACTS if self.legal_rep_from_elsewhere else ()
        return (*born, *area, *((REUSED,) if self.not_reused else ()))

    @property
    def _born(self) -> str:
        return f"{self.role}.birth_date"

    def paper_facts(self) -> tuple[PaperFact, ...]:
        return (PaperFact(REUSED, (self.material,)),) if self.not_reused else ()

    def abouts(self) -> tuple[str, ...]:
        return ("reused",) if self.not_reused else ("lacking",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.not_reused:
            yield from self._reused(case)
            return
        if self.material in case.materials:
            return
        absent = self._undecided(case)
        if absent:
            yield Unknown(absent)
        elif self._is_asked(case):
            yield Hit("lacking", self._causes(case), material=self.material)

    def _undecided(self, case: Case) -> tuple[str, ...]:
        born = self.from_age is not None and self._born not in case.facts
        area = self.legal_rep_from_elsewhere and _area_fact(case) is None
        return (*((self._born,) if born else ()), *((LEGAL_REP_PROVINCE,) if area else ()))

    def _causes(self, case: Case) -> tuple[str, ...]:
        area = _area_fact(case) if self.legal_rep_from_elsewhere else None
        born = (self._born,) if self.from_age is not None else ()
        return (*born, *((area,) if area is not None else ()))

    def _is_asked(self, case: Case) -> bool:
        if self.from_age is not None and age_on(case.today, case.facts[self._born]) < self.from_age:
            return False
        area = _area_fact(case) if self.legal_rep_from_elsewhere else None
        return area is None or case.facts[area] != case.province

    def _reused(self, case: Case) -> Iterator[Result]:
        reused = case.facts.get(REUSED)
        if reused is None:
            yield Unknown((REUSED,))
        elif reused:
            yield Hit("reused", (REUSED,), material=self.material)


def _area_fact(case: Case) -> str | None:
    """The fact that tells where the legal representative's ID is from."""
    if LEGAL_REP_PROVINCE in case.facts:
        return LEGAL_REP_PROVINCE
    is_same = case.facts.get(IS_LEGAL_REP) is True and OWN_PROVINCE in case.facts
    return OWN_PROVINCE if is_same else None
