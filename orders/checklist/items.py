"""The items of the checklist (orders/data/checklist.toml), checked when loaded."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from beian.data_language import in_language
from orders.enums import OrderType, ServiceKind
from orders.field_labels import LABELS
from orders.figures import Figures, figures, filled
from orders.models import FilingOrder
from orders.reasons import OTHER, reasons
from rules.enumerations.lists import natures

FILE = Path(__file__).parents[1] / "data" / "checklist.toml"
By = Literal["machine", "person", "call", "truthfulness"]


@dataclass(frozen=True)
class Item:
    """One thing to answer for; texts are {"zh": …, "en": …}, `look` says what to look at."""

    key: str
    by: By
    title: Mapping[str, str]
    look: Mapping[str, str]
    paths: tuple[str, ...]
    reasons: tuple[str, ...]
    comment_on: tuple[str, ...]
    except_order_types: tuple[str, ...] = ()
    except_service_kinds: tuple[str, ...] = ()
    except_natures: tuple[str, ...] = ()
    takes_others: bool = False

    @property
    def label(self) -> str:
        return in_language(self.title)

    @property
    def look_text(self) -> str:
        return in_language(self.look)


def _read(row: Mapping, known: Figures) -> Item:
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.items()
    }
    item = Item(**{**values, "look": filled(row["look"], known)})
    _check(item)
    return item


def _check(item: Item) -> None:
    """A wrong word in the data stops the start, not a review. Raises ValueError."""
    wrong = {
        *(set(item.reasons) - {*reasons(), OTHER}),
        *(set(item.except_order_types) - set(OrderType.values)),
        *(set(item.except_service_kinds) - set(ServiceKind.values)),
        *({*item.paths, *item.comment_on} - set(LABELS)),
        *(set(item.except_natures) - {entry.key for entry in natures()}),
    }
    if wrong or item.by not in get_args(By):
        raise ValueError(f"checklist item {item.key}: unknown {sorted(wrong) or item.by}")


def all_items() -> dict[str, Item]:
    """Every item by key, in the order of the file, with the figures in force."""
    return _items(figures())


@lru_cache(maxsize=4)
def _items(known: Figures) -> dict[str, Item]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["item"]
    return {row["key"]: _read(row, known) for row in rows}


def item_label(key: str) -> str:
    """The item's title; the key of one that was taken out of the list since."""
    item = all_items().get(key)
    return item.label if item else key


def items_for(order: FilingOrder) -> list[Item]:
    """The items that apply to an order's type, kind of service and nature."""
    return [item for item in all_items().values() if _applies(item, order)]


def _applies(item: Item, order: FilingOrder) -> bool:
    return not (
        order.order_type in item.except_order_types
        or order.service_kind in item.except_service_kinds
        or (item.except_natures and order.dossier.subject.nature in item.except_natures)
    )
