"""K38: photos and videos of a person, beyond those of the truthfulness check."""

from collections.abc import Iterator

from rules.kinds.base import (
    Case,
    Hit,
    Kind,
    MaterialKey,
    Result,
    Role,
    Unknown,
    kind,
)
from rules.kinds.dates import age_on

LEGAL_REP_PROVINCE = "legal_rep.id_province"
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
    from_age: int | None = None
    legal_rep_from_elsewhere: bool = False
    not_reused: bool = False

    def reads(self) -> tuple[str, ...]:
        born = (self._born,) if self.from_age is not None else ()
        area = (LEGAL_REP_PROVINCE,) if self.legal_rep_from_elsewhere else ()
        return (*born, *area, *((REUSED,) if self.not_reused else ()))

    @property
    def _born(self) -> str:
        return f"{self.role}.birth_date"

    def abouts(self) -> tuple[str, ...]:
        return ("reused",) if self.not_reused else ("lacking",)

    def check(self, case: Case) -> Iterator[Result]:
        if self.not_reused:
            yield from self._reused(case)
            return
        if self.material in case.materials:
            return
        absent = tuple(fact for fact in self.reads() if fact not in case.facts)
        if absent:
            yield Unknown(absent)
        elif self._is_asked(case):
            yield Hit("lacking", self.reads(), material=self.material)

    def _is_asked(self, case: Case) -> bool:
        if self.from_age is not None and age_on(case.today, case.facts[self._born]) < self.from_age:
            return False
        return not (
            self.legal_rep_from_elsewhere and case.facts[LEGAL_REP_PROVINCE] == case.province
        )

    def _reused(self, case: Case) -> Iterator[Result]:
        reused = case.facts.get(REUSED)
        if reused is None:
            yield Unknown((REUSED,))
        elif reused:
            yield Hit("reused", (REUSED,), material=self.material)
