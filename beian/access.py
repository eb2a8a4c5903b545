"""Closed by default: a view without a declared access is not served.

Every view says who may use it with one decorator; the middleware enforces it and the policy test
reads the same declaration.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

View = TypeVar("View", bound=Callable)


class Level(StrEnum):
    """Who may open a page."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    # A member of an account, with or without the filing role.
    MEMBER = "member"
    # The main account, or a sub-user with the filing role.
    FILING = "filing"
    STAFF = "staff"
    # Machines at known addresses; everybody else is told that the page does not exist.
    MONITOR = "monitor"


@dataclass(frozen=True)
class Access:
    level: Level
    roles: frozenset[str] = field(default_factory=frozenset)


def access(level: Level, *roles: str) -> Callable[[View], View]:
    """Declare who may use a view; `roles` are StaffRoleName values and go with Level.STAFF."""
    if roles and level is not Level.STAFF:
        raise ValueError("roles go with Level.STAFF")

    def declare(view: View) -> View:
        view.access = Access(
            level, frozenset(str(role) for role in roles)
        )  # a mark on the function
        return view

    return declare
