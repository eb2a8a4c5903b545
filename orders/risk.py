"""Risk classes of an order (data/risk_classes.toml): what only a senior reviewer passes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beian.data_language import in_language
from beian.site_settings import setting
from orders.dossier import Dossier
from rules.enumerations.lists import content_categories, pre_approvals

if TYPE_CHECKING:
    from orders.models import FilingOrder

FILE = Path(__file__).parent / "data" / "risk_classes.toml"
REJECTIONS = ("reject", "refuse")


@dataclass(frozen=True)
class RiskClass:
    """One class; `title` is {"zh": …, "en": …}. A sign that is empty or None is not looked at."""

    key: str
    title: Mapping[str, str]
    words: tuple[str, ...] = ()
    except_words: tuple[str, ...] = ()
    content_categories: tuple[str, ...] = ()
    pre_approvals: tuple[str, ...] = ()
    services_over: int | None = None
    rejections: int | None = None

    @property
    def label(self) -> str:
        return in_language(self.title)

    def applies(self, dossier: Dossier, rejections: int) -> bool:
        services = dossier.services
        return (
            any(self._names(name) for name in (dossier.subject.name, *(s.name for s in services)))
            or any(not self._chosen.isdisjoint(_choices(service)) for service in services)
            or (self.services_over is not None and len(services) > self.services_over)
            or (self.rejections is not None and rejections >= self.rejections)
        )

    def _names(self, name: str) -> bool:
        for phrase in self.except_words:
            name = name.replace(phrase, "")
        return any(word in name for word in self.words)

    @property
    def _chosen(self) -> frozenset[tuple[str, str]]:
        categories = (("content", key) for key in self.content_categories)
        return frozenset({*categories, *(("approval", key) for key in self.pre_approvals)})


def _choices(service: Any) -> set[tuple[str, str]]:
    categories = (("content", key) for key in service.content_categories)
    return {*categories, *(("approval", key) for key in service.pre_approvals)}


@lru_cache
def risk_classes() -> dict[str, RiskClass]:
    """Every class by key; a wrong word in the data raises ValueError."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["class"]
    return {row["key"]: _read(row) for row in rows}


def _read(row: Mapping) -> RiskClass:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    found = RiskClass(**values)
    unknown = {
        *(set(found.content_categories) - {entry.key for entry in content_categories()}),
        *(set(found.pre_approvals) - {entry.key for entry in pre_approvals()}),
    }
    if unknown:
        raise ValueError(f"risk class {found.key}: unknown {sorted(unknown)}")
    return found


def classes_of(order: "FilingOrder") -> list[str]:
    """Keys of the classes that the order's present content and its history fall into."""
    rejections = order.events.filter(name__in=REJECTIONS).count()
    dossier = order.dossier
    return [key for key, each in risk_classes().items() if each.applies(dossier, rejections)]


def senior_classes(order: "FilingOrder") -> list[str]:
    """Classes of the order as submitted that want a senior reviewer here."""
    wanted = set(setting("review.senior_classes"))
    return [key for key in order.risk_classes if key in wanted]


def labels_of(keys: list[str]) -> list[str]:
    """Names for people; a class that was taken out of the data since keeps its key."""
    known = risk_classes()
    return [known[key].label if key in known else key for key in keys]
