"""The gate in front of web, worker and beat."""

from django.conf import settings
from django.core.checks import CheckMessage, run_checks
from django.core.exceptions import ImproperlyConfigured

from beian.production.checks import TAG


class NotFitForProduction(ImproperlyConfigured):
    """The installation is no demo and something in it must not meet real people."""


def refuse_unfit_start() -> None:
    """Raise NotFitForProduction naming every problem with its remedy; a demo may be anything."""
    if settings.DEMO:
        return
    problems = run_checks(tags=[TAG], include_deployment_checks=True)
    if problems:
        raise NotFitForProduction(_told(problems))


def _told(problems: list[CheckMessage]) -> str:
    count = len(problems)
    lines = [f"生产检查未通过，共 {count} 项 / not fit for production, {count} problem(s):"]
    lines += [f"  - [{problem.id}] {problem.msg}\n      → {problem.hint}" for problem in problems]
    lines.append("  演示环境请设 BEIAN_DEMO=1 / for a demo set BEIAN_DEMO=1")
    return "\n".join(lines)
