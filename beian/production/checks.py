"""The rules as Django system checks: `manage.py check --deploy` shows them all at once."""

from collections.abc import Callable, Collection, Sequence
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from beian import environment
from beian.environment_names import VARIABLES
from beian.ports.choice import UnknownProvider
from beian.ports.registry import PROVIDERS, provider_class
from beian.production.rules import NAMES, RULES

TAG = "production"


@register(TAG, deploy=True)
def check_rules(**_options: Any) -> list[CheckMessage]:
    """Every condition that is refused and has not been accepted by name."""
    accepted = settings.ALLOWED_IN_PRODUCTION
    return [
        Error(
            f"{rule.zh} / {rule.en}",
            hint=f"{rule.remedy} (or accept it: BEIAN_ALLOW={rule.name})",
            id=f"production.{rule.name}",
        )
        for rule in RULES
        if rule.name not in accepted and rule.is_broken()
    ]


@register(TAG, deploy=True)
def check_accepted_names(**_options: Any) -> list[CheckMessage]:
    return [
        Error(
            f"BEIAN_ALLOW 中有未知名称 / BEIAN_ALLOW holds the unknown name {name!r}",
            hint=_closest(name, sorted(NAMES)),
            id="production.unknown-allowance",
        )
        for name in settings.ALLOWED_IN_PRODUCTION
        if name not in NAMES
    ]


@register(TAG, deploy=True)
def check_variables(**_options: Any) -> list[CheckMessage]:
    """A misspelt variable would leave a default in force without a word."""
    known = [environment.PREFIX + name for name in VARIABLES]
    return [
        Error(
            f"未知的环境变量 / unknown environment variable {name}",
            hint=_closest(name, known),
            id="production.unknown-variable",
        )
        for name in environment.unknown_names()
    ]


@register(TAG, deploy=True)
def check_providers(**_options: Any) -> list[CheckMessage]:
    """A provider that does not exist would be noticed with the first message only."""
    found = [unusable_provider(name, known, provider_class) for name, known in PROVIDERS.items()]
    return [problem for problem in found if problem is not None]


def unusable_provider(
    port: str, known: Collection[str], load: Callable[[str], type]
) -> CheckMessage | None:
    """The problem if the provider that the installation names for `port` cannot serve it."""
    try:
        load(port)
    except UnknownProvider as problem:
        variable = f"{environment.PREFIX}{port.upper()}_PROVIDER"
        own = "or the path of a class of your own (package.module.Class)"
        return Error(
            f"没有这个服务通道 / {variable}={settings.PORTS[port]}: {problem}",
            hint=f"set {variable} to one of: {', '.join(sorted(known))}, {own}",
            id="production.unknown-provider",
        )
    return None


def _closest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
