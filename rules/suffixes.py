"""Top-level domains the ministry has approved, as shipped data with source and date."""

import tomllib
from functools import cache
from pathlib import Path

SUFFIX_FILE = Path(__file__).parent / "data" / "suffixes.toml"


@cache
def approved_suffixes() -> frozenset[str]:
    """Return approved top-level domains in Unicode, lower case, without a dot."""
    with SUFFIX_FILE.open("rb") as file:
        tables = tomllib.load(file)
    return frozenset(suffix for table in tables["list"] for suffix in table["suffixes"])
