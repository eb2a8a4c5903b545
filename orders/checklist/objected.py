"""Which items of the checklist answer for what the applicant objected to."""

from collections.abc import Iterable, Mapping
from typing import Any

from orders.checklist.items import Item, items_for
from orders.dossier.paths import is_within
from orders.field_labels import pattern_of
from orders.models import FilingOrder, Submission
from orders.objections import unwaived

Entries = dict[str, list[Mapping[str, Any]]]


def objected_items(submission: Submission, items: Iterable[Item]) -> Entries:
    """The submission's objections by the keys of the items they concern; each has one or more."""
    return _by_item(submission.objections, items)


def waiting_items(submission: Submission, items: Iterable[Item]) -> Entries:
    """The objections nobody waived: until then these items do not pass."""
    return _by_item(unwaived(submission), items)


def first_item(order: FilingOrder, objection_id: int) -> str:
    """Key of the item to go on with after the objection; "" if the submission has it not."""
    for key, entries in objected_items(order.submission, items_for(order)).items():
        if any(entry["id"] == objection_id for entry in entries):
            return key
    return ""


def _by_item(objections: Iterable[Mapping[str, Any]], items: Iterable[Item]) -> Entries:
    found: Entries = {}
    known = list(items)
    for entry in objections:
        for item in _concerned(entry["finding"]["paths"], known):
            found.setdefault(item.key, []).append(entry)
    return found


def _concerned(paths: Iterable[str], items: list[Item]) -> list[Item]:
    """As the checks beside the fields are shared out: what no item has a field of
    is with the rest."""
    patterns = [pattern_of(path) for path in paths]
    own = [item for item in items if any(_covers(item, pattern) for pattern in patterns)]
    return own or [item for item in items if item.takes_others]


def _covers(item: Item, pattern: str) -> bool:
    return any(is_within(pattern, path) for path in item.paths)
