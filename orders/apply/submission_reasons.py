"""Why an order cannot be submitted now, counted the way the check page says it."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from orders.assessment import assess
from orders.steps import TRUTHFULNESS
from orders.truthfulness import missing_of, standings_of
from orders.wizard import GAPS, unfinished_steps
from rules.finding import for_applicant

if TYPE_CHECKING:
    from orders.models import FilingOrder


def counts(order: "FilingOrder") -> dict[str, int]:
    """Must-fix findings, papers and pieces of advice, as applicants see them; what was objected to
    is none of them and counted by itself."""
    assessment = assess(order)
    outcomes = [finding.outcome for finding in for_applicant(assessment.findings)]
    softer = {name: outcomes.count(name) for name in ("material", "advice")}
    objected = sum(entry.objection is not None for entry in assessment.objectionables)
    return {"block": len(assessment.blocks), **softer, "objected": objected}


def reasons_against(order: "FilingOrder") -> str:
    """One sentence naming everything in the way, except agreements; empty when nothing is."""
    parts = [*_gaps(order), *_people(order), *_problems(order), *_comments(order)]
    return _("现在不能提交：还有 %(parts)s。") % {"parts": _("、").join(parts)} if parts else ""


def _gaps(order: "FilingOrder") -> list[str]:
    names = [str(step.title) for step in unfinished_steps(order)]
    if not names:
        return []
    return [_("“%(pages)s”没有填完") % {"pages": _("”“").join(names)}]


def _people(order: "FilingOrder") -> list[str]:
    if not missing_of(standings_of(order)):
        return []
    return [_("“%(page)s”没有完成") % {"page": TRUTHFULNESS.title}]


def _problems(order: "FilingOrder") -> list[str]:
    count = sum(finding.kind not in GAPS for finding in assess(order).blocks)
    text = ngettext("%(count)d 项必须修改", "%(count)d 项必须修改", count)
    return [text % {"count": count}] if count else []


def _comments(order: "FilingOrder") -> list[str]:
    count = len(assess(order).open_comments)
    text = ngettext("%(count)d 条审核意见没有处理", "%(count)d 条审核意见没有处理", count)
    return [text % {"count": count}] if count else []
