"""The persons of a case: whose fact to read, whose name says what, whose ID is from elsewhere.

`None` in an answer means that the facts do not tell.
"""

from rules.kinds.base import Case, Role
from rules.vocabulary import FACTS

SAME = "service_principal.same_as_principal"
IS_LEGAL_REP = "principal.is_legal_rep"
SUBJECT_NAME = "subject.name"


def person_fact(case: Case, role: Role, name: str) -> str:
    """Return the fact that tells `name` of the person in `role`.

    Where both principals are one person the subject principal's fact speaks for both.
    """
    fact = f"{role}.{name}"
    if fact in case.facts or case.facts.get(SAME) is not True:
        return fact
    own = f"principal.{name}"
    return own if own in FACTS else fact


def legal_rep_facts(name: str) -> tuple[str, ...]:
    """Return all facts that `legal_rep_fact` may look at."""
    return (f"legal_rep.{name}", IS_LEGAL_REP, f"principal.{name}")


def legal_rep_fact(case: Case, name: str) -> str:
    """Return the fact that tells `name` of the legal representative, who may be the principal."""
    fact, own = f"legal_rep.{name}", f"principal.{name}"
    if fact not in case.facts and case.facts.get(IS_LEGAL_REP) is True:
        return own
    return fact


def is_named(case: Case, words: tuple[str, ...]) -> bool | None:
    """Tell whether the subject's name contains one of `words`; without words it always does."""
    if not words:
        return True
    name = case.facts.get(SUBJECT_NAME)
    return None if name is None else any(word in name for word in words)


def elsewhere(case: Case, area_facts: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the facts that name another area than the filing province, None if none is known."""
    known = [fact for fact in area_facts if fact in case.facts]
    if not known:
        return None
    return tuple(fact for fact in known if case.facts[fact] != case.province)
