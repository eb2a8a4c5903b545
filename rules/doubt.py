"""What is said while nature or service type are unknown, which decide the rules that speak."""

from collections.abc import Iterator

from rules.finding import ADVICE, Finding
from rules.kinds import Case
from rules.rule_set import Plan
from rules.vocabulary import FACTS

SOURCE = {
    "title": "本平台备案规则说明：主办单位性质和服务类型决定适用的要求",
    "retrieved": "2026-11-26",
}


def in_doubt(plan: Plan, case: Case, index: int) -> Iterator[Finding]:
    """Yield each unknown fact of the frame, and what rules find that hold for some values of it.

    All of it is advice to the reviewer: whether such a rule holds, nobody knows.
    """
    for fact in plan.unknown:
        yield _unknown(fact, index)
    for rule in plan.doubtful:
        yield from rule.findings_in_doubt(case, index, plan.unknown)


def _unknown(name: str, index: int) -> Finding:
    fact = FACTS[name]
    return Finding(
        rule="portal",
        kind="unknown_frame",
        outcome=ADVICE,
        about="unknown",
        message={
            "zh": f"暂缺“{fact.zh}”，系统只核对了不论其为何都适用的要求。",
            "en": f"Not known: {fact.en}. Only demands that hold whatever it is were checked.",
        },
        remedy={
            "zh": f"请补充“{fact.zh}”后重新核对，或对照材料人工核对其余要求。",
            "en": f"Add it and check again, or check the other demands by hand: {fact.en}.",
        },
        source=SOURCE,
        paths=tuple(path.replace("{i}", str(index)) for path in fact.paths),
        facts=(name,),
        audience="reviewer",
        unknown=(name,),
    )
