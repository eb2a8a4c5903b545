"""A submission's content for people: every field by its name, in clear."""

from datetime import date
from typing import Any

from beian.dates import dated_text
from orders.dossier import Dossier, flatten
from orders.field_labels import label_of, page_of, pattern_of
from orders.field_values import HIDDEN, MASKS, PERSONS_OWN, value_text


def form_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Section, label and text of each field, in the order of the dossier."""
    nature = dossier.subject.nature
    return [
        {
            "section": str(page_of(path, nature).title),
            "label": label_of(path, nature, dossier.subject),
            "text": _clear_text(path, value, nature),
            "path": path,
        }
        for path, value in flatten(dossier).items()
        if pattern_of(path) not in HIDDEN
    ]


def _clear_text(path: str, value: Any, nature: str) -> str:
    """As pages show it, without their masks: an inspector compares it with the certificate."""
    if isinstance(value, date):
        return dated_text(value)
    if pattern_of(path).rpartition(".")[2] in {*MASKS, *PERSONS_OWN}:
        return str(value or "")
    return value_text(path, value, nature)
