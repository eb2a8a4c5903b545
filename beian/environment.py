"""Environment variables of an installation (BEIAN_…), read with a clear error."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from .environment_names import VARIABLES

PREFIX = "BEIAN_"


def text(name: str, default: str = "") -> str:
    """The value, or `default` when the variable is not set; the name has to be declared."""
    if name not in VARIABLES:
        raise ImproperlyConfigured(f"{PREFIX}{name} is not declared in beian/environment_names.py")
    return os.environ.get(f"{PREFIX}{name}", default)


def unknown_names() -> list[str]:
    """Variables that look like ours and that nobody reads: most likely misspelt."""
    own = (name.removeprefix(PREFIX) for name in os.environ if name.startswith(PREFIX))
    # BEIAN_TEST_… belongs to test runs.
    return sorted(
        PREFIX + name for name in own if name not in VARIABLES and not name.startswith("TEST_")
    )


def number(name: str, default: int, *, least: int = 0) -> int:
    raw = text(name, str(default)).strip()
    if not raw.isdecimal() or int(raw) < least:
        from_least = f" from {least} on" if least else ""
        raise ImproperlyConfigured(f"{PREFIX}{name}={raw!r}: use a whole number{from_least}")
    return int(raw)


def flag(name: str, default: bool = False) -> bool:
    """ "1/true/yes/on" or "0/false/no/off"; anything else is refused rather than guessed."""
    raw = text(name, "1" if default else "0").strip().lower()
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off", ""}:
        return False
    raise ImproperlyConfigured(f"BEIAN_{name}={raw!r}: use 1 or 0")


def path(name: str, default: Path) -> Path:
    raw = text(name)
    return Path(raw).expanduser().resolve() if raw else default


def names(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def networks(name: str) -> list[IPv4Network | IPv6Network]:
    """A comma-separated list of addresses and networks, such as 10.0.0.5,192.168.8.0/24."""
    try:
        return [ip_network(item) for item in names(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"BEIAN_{name}: {error}") from error
