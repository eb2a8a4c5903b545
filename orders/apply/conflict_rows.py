"""Both values of a path that two people changed at once."""

from beian.ui import DiffRow
from orders.dossier import Conflict
from orders.field_labels import label_of
from orders.field_values import value_text


def conflict_rows(conflicts: tuple[Conflict, ...], nature: str) -> list[DiffRow]:
    """`before` is what is stored, `after` what this person typed."""
    return [
        DiffRow(
            label_of(conflict.path, nature),
            value_text(conflict.path, conflict.theirs, nature),
            value_text(conflict.path, conflict.mine, nature),
        )
        for conflict in conflicts
    ]
