"""All settings by name."""

from .model import KINDS, SettingError, SiteSetting
from .registry_health import HEALTH
from .registry_process import PROCESS
from .registry_retention import RETENTION
from .registry_rule_trial import RULE_TRIAL
from .registry_safety import SAFETY
from .registry_site import SITE
from .registry_truthfulness import TRUTHFULNESS


def _by_name(rows: list[SiteSetting]) -> dict[str, SiteSetting]:
    table: dict[str, SiteSetting] = {}
    for row in rows:
        if row.name in table or row.kind not in KINDS:
            raise SettingError(f"{row.name}: declared twice, or of unknown kind {row.kind}")
        if row.environment and row.kind != "text":
            raise SettingError(f"{row.name}: only texts can come from the environment")
        if row.provinces and not row.per_province:
            raise SettingError(f"{row.name}: cannot differ between provinces")
        for value in (row.default, *row.provinces.values()):
            row.check(value)
        table[row.name] = row
    return table


REGISTRY = _by_name([*HEALTH, *PROCESS, *TRUTHFULNESS, *RETENTION, *RULE_TRIAL, *SAFETY, *SITE])
