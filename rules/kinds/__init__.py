"""All kinds of rules. Importing this package registers them in `KINDS`."""

from rules.kinds import (
    after_filing,
    ages,
    combinations,
    contacts,
    contents,
    counts,
    documents,
    domains,
    existing,
    identity,
    name_shapes,
    names,
    pictures,
    registrants,
    roles,
    subject_changes,
    subject_documents,
    validity,
    words,
)
from rules.kinds.base import KINDS, Case, Hit, Kind, Result, Unknown

MODULES = (
    after_filing,
    ages,
    combinations,
    contacts,
    contents,
    counts,
    documents,
    domains,
    existing,
    identity,
    name_shapes,
    names,
    pictures,
    registrants,
    roles,
    subject_changes,
    subject_documents,
    validity,
    words,
)

__all__ = ["KINDS", "Case", "Hit", "Kind", "Result", "Unknown"]
