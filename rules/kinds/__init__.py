"""All kinds of rules. Importing this package registers them in `KINDS`."""

from rules.kinds import (
    ages,
    contacts,
    counts,
    documents,
    domains,
    existing,
    identity,
    names,
    roles,
    validity,
    words,
)
from rules.kinds.base import KINDS, Case, Hit, Kind, Result, Unknown

MODULES = (
    ages,
    contacts,
    counts,
    documents,
    domains,
    existing,
    identity,
    names,
    roles,
    validity,
    words,
)

__all__ = ["KINDS", "Case", "Hit", "Kind", "Result", "Unknown"]
