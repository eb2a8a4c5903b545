"""The shape of one setting."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

KINDS: dict[str, type[Any]] = {
    "int": int,
    "bool": bool,
    "text": str,
    "list": list,
    "days": list,
    "areas": list,
}

# The beginning of a mobile number and the two digits of its province.
AREA = re.compile(r"1[0-9]{2,10}=[0-9]{2}")


class SettingError(Exception):
    """An unknown setting, or a value that does not fit its kind."""


@dataclass(frozen=True)
class SiteSetting:
    """A number, switch or text an operator may change; `source` says where the default is from.

    `environment` names the variable (BEIAN_…) from which an installation may take its default;
    `provinces` are defaults by GB/T 2260 code, which only an override of that province changes.
    """

    name: str
    kind: str
    default: Any
    unit: str
    source: str
    zh: str
    en: str
    per_province: bool = False
    minimum: int | None = None
    maximum: int | None = None
    environment: str = ""
    provinces: Mapping[str, Any] = field(default_factory=dict)

    def check(self, value: Any) -> Any:
        """Return `value` if it fits; raises SettingError naming the setting and what is wrong."""
        expected = KINDS[self.kind]
        if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
            raise SettingError(f"{self.name} must be {self.kind}, got {value!r}")
        if expected is int and self.minimum is not None and value < self.minimum:
            raise SettingError(f"{self.name} must be at least {self.minimum}, got {value}")
        if expected is int and self.maximum is not None and value > self.maximum:
            raise SettingError(f"{self.name} must be at most {self.maximum}, got {value}")
        if self.kind == "days":
            self._check_days(value)
        if self.kind == "areas":
            self._check_areas(value)
        return value

    def _check_days(self, value: list[Any]) -> None:
        for day in value:
            try:
                date.fromisoformat(day)
            except (TypeError, ValueError) as error:
                words = f"{self.name} must be days like 2027-10-01, got {day!r}"
                raise SettingError(words) from error

    def _check_areas(self, value: list[Any]) -> None:
        for area in value:
            if not isinstance(area, str) or not AREA.fullmatch(area):
                words = (
                    f"{self.name} must be prefixes with a province like 1380571=33, got {area!r}"
                )
                raise SettingError(words)
