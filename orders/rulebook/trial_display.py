"""The result of a trial in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from orders.models import RuleEdit
from orders.rulebook import words
from orders.rulebook.samples import samples
from orders.rulebook.trial import APPEARS, BROKEN, GOES, LESS_SURE, SURER
from rules.regions import provinces


@dataclass(frozen=True)
class TrialLine:
    """A sample or an order, and how its findings differ, one sentence each."""

    name: str
    changes: list[str]
    where: str = ""


@dataclass(frozen=True)
class TrialShown:
    """`is_cut` if the time was up before all orders were looked at; not `is_met` if no sample is
    of those the rule speaks of."""

    at: datetime
    samples: list[TrialLine]
    orders: list[TrialLine]
    seen: int
    changed: int
    unreadable: int
    is_cut: bool
    sorts: list[str]
    is_met: bool


def trial_shown(edit: RuleEdit) -> TrialShown | None:
    """None where nothing was found out yet, or what was tested has changed."""
    found = edit.trial
    if not edit.is_tested or found is None:
        return None
    return TrialShown(
        at=datetime.fromisoformat(found["at"]),
        samples=[_sample(row) for row in found["samples"]],
        orders=[TrialLine(row["number"], _changes(row["changes"])) for row in found["listed"]],
        seen=found["orders"],
        changed=found["changed"],
        unreadable=found["unreadable"],
        is_cut=found["seconds_up"],
        sorts=[
            _("%(change)s：%(number)d 个订单")
            % {"change": _sentence(sign, rule, outcome), "number": n}
            for sign, rule, outcome, n in found["sorts"]
        ],
        # Trials of earlier releases did not look.
        is_met=found.get("is_met", True),
    )


def fault_shown(edit: RuleEdit) -> str:
    """Why there is no result, and what to do; "" if there is one, or nobody asked."""
    if not edit.trial_fault:
        return ""
    if edit.trial_fault == BROKEN:
        told = _("试算中断了，没有结果（%(words)s）。请重新试算；再次中断时，请技术人员查看日志。")
        return told % {"words": edit.trial["words"] if edit.trial else ""}
    return _("这份修改的格式与本系统版本不符，无法试算。")


def _sample(row: Mapping[str, Any]) -> TrialLine:
    sample = samples().get(row["sample"])
    places = row["provinces"]
    everywhere = len(places) == len(provinces())
    where = _("各省") if everywhere else _("、").join(map(words.province_label, places))
    return TrialLine(sample.label if sample else row["sample"], _changes(row["changes"]), where)


def _changes(changes: Iterable[Mapping[str, str]]) -> list[str]:
    return list(
        dict.fromkeys(_sentence(row["sign"], row["rule"], row["outcome"]) for row in changes)
    )


def _sentence(sign: str, rule: str, outcome: str) -> str:
    names = {"rule": rule, "outcome": words.word_label(outcome)}
    if sign == APPEARS:
        return _("新增“%(outcome)s”（规则 %(rule)s）") % names
    if sign == GOES:
        return _("不再“%(outcome)s”（规则 %(rule)s）") % names
    if sign == SURER:
        return _("“%(outcome)s”的可信程度提高（规则 %(rule)s）") % names
    if sign == LESS_SURE:
        return _("“%(outcome)s”的可信程度降低（规则 %(rule)s）") % names
    return _("“%(outcome)s”的文字改变（规则 %(rule)s）") % names
