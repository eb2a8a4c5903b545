"""The typed content of an order: one document, addressed by path."""

from .diff import Change, diff
from .merge import Conflict, Merged, merge
from .model import (
    ENTERPRISE,
    NO_NUMBER,
    OTHER_SEAL,
    PERSONAL,
    SCHEMA_VERSION,
    SOLE_PROPRIETOR,
    Dossier,
    Person,
    ServicePart,
    SubjectPart,
)
from .paths import PathError, flatten, get_value, set_value
from .personal import said_at, settle
from .store import from_bytes, json_schema, seal_of, seal_of_submission, to_bytes

__all__ = [
    "ENTERPRISE",
    "NO_NUMBER",
    "OTHER_SEAL",
    "PERSONAL",
    "SCHEMA_VERSION",
    "SOLE_PROPRIETOR",
    "Change",
    "Conflict",
    "Dossier",
    "Merged",
    "PathError",
    "Person",
    "ServicePart",
    "SubjectPart",
    "diff",
    "flatten",
    "from_bytes",
    "get_value",
    "json_schema",
    "merge",
    "said_at",
    "seal_of",
    "seal_of_submission",
    "set_value",
    "settle",
    "to_bytes",
]
