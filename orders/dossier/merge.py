"""Two people edit one draft: what does not overlap is kept, what does is shown to the later one."""

from dataclasses import dataclass
from typing import Any

from .model import Dossier
from .paths import get_value, set_value


@dataclass(frozen=True)
class Conflict:
    """A path both sides changed to different values."""

    path: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    dossier: Dossier
    conflicts: tuple[Conflict, ...]
    changed_paths: tuple[str, ...]


def merge(base: Dossier, theirs: Dossier, edits: dict[str, Any]) -> Merged:
    """Apply `edits`, made while looking at `base`, to `theirs`, which is stored by now.

    An edit equal to `base` was not made by this person and leaves the stored value alone.
    """
    result = theirs.model_copy(deep=True)
    conflicts, changed = [], []
    for path, mine in edits.items():
        seen, stored = get_value(base, path), get_value(theirs, path)
        if mine in (seen, stored):
            continue
        if stored != seen:
            conflicts.append(Conflict(path, seen, mine, stored))
            continue
        set_value(result, path, mine)
        changed.append(path)
    return Merged(result, tuple(conflicts), tuple(changed))
