"""Top-level domains the ministry has approved, as shipped data with source and date."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

SUFFIX_FILE = Path(__file__).parent / "data" / "suffixes.toml"


# Those of an earlier release while its rules are asked; else the shipped ones.
_OTHERS: ContextVar[frozenset[str] | None] = ContextVar("suffixes", default=None)


@contextmanager
def using_suffixes(suffixes: frozenset[str]) -> Iterator[None]:
    token = _OTHERS.set(suffixes)
    try:
        yield
    finally:
        _OTHERS.reset(token)


def approved_suffixes() -> frozenset[str]:
    """Return approved top-level domains in Unicode, lower case, without a dot."""
    others = _OTHERS.get()
    return _shipped() if others is None else others


@cache
def _shipped() -> frozenset[str]:
    with SUFFIX_FILE.open("rb") as file:
        tables = tomllib.load(file)
    return frozenset(suffix for table in tables["list"] for suffix in table["suffixes"])
