"""Reading a setting."""

import time
from typing import Any

from beian import environment

from .model import SettingError, SiteSetting
from .registry import REGISTRY

# Other processes see an operator's change after this many seconds.
_CACHE_SECONDS = 5


class _Kept:
    """What this process read last. A page looks at it some eighty times, so it is no cache's copy;
    nobody changes the table, it is replaced as a whole."""

    table: dict[tuple[str, str], Any] | None = None
    until = 0.0


def overrides() -> dict[tuple[str, str], Any]:
    """Every override as {(name, province or ""): value}, at most a few seconds old."""
    known = _Kept.table
    return _read() if known is None or time.monotonic() > _Kept.until else known


def _read() -> dict[tuple[str, str], Any]:
    from beian.models import SettingOverride

    rows = SettingOverride.objects.values_list("name", "province", "value")
    known = {(name, province): value for name, province, value in rows}
    _Kept.table, _Kept.until = known, time.monotonic() + _CACHE_SECONDS
    return known


def forget_overrides() -> None:
    """Read the table again on the next look-up (after a change in this process)."""
    _Kept.table = None


def setting(name: str, province: str | None = None) -> Any:
    """The value in force; raises SettingError for a name that is not registered."""
    if name not in REGISTRY:
        raise SettingError(f"there is no setting {name!r}")
    row = REGISTRY[name]
    table = overrides()
    if province and row.per_province and (name, province) in table:
        return row.check(table[name, province])
    if province and province in row.provinces:
        return row.provinces[province]
    return row.check(table[name, ""]) if (name, "") in table else default_of(row)


def default_of(row: SiteSetting) -> Any:
    """What holds where nobody overrode it: the environment's word, if the setting listens to it."""
    given = environment.text(row.environment) if row.environment else ""
    return row.check(given) if given else row.default
