"""What differs between two dossiers, by path."""

from dataclasses import dataclass
from typing import Any

from .model import Dossier
from .paths import flatten
from .personal import said_at


@dataclass(frozen=True)
class Change:
    """One path whose value differs; a path that one side lacks has None there."""

    path: str
    before: Any
    after: Any


def diff(before: Dossier, after: Dossier) -> list[Change]:
    """Changes from `before` to `after` in the order of the dossier, each where it was said."""
    old, new = flatten(before), flatten(after)
    paths = list(new) + [path for path in old if path not in new]
    return [
        Change(path, old.get(path), new.get(path))
        for path in paths
        if old.get(path) != new.get(path) and said_at(path, after) == path
    ]
