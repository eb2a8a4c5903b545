"""Who acts: written into every event, checked by every transition."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from beian.enums import FILING_ROLES

if TYPE_CHECKING:
    from beian.models import Account, User


class ActorKind(StrEnum):
    """The kinds of people and machines that move an order."""

    APPLICANT = "applicant"
    STAFF = "staff"
    PERSON = "person"
    SYSTEM = "system"
    BUREAU = "bureau"
    MINISTRY = "ministry"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Actor:
    """`account_id` is the account acted for; `roles` are staff roles, or the membership role."""

    kind: ActorKind
    user_id: int | None = None
    account_id: UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    label: str = ""

    def files_for(self, account_id: UUID) -> bool:
        """Whether this is somebody who may file in that account's name."""
        is_member = self.kind is ActorKind.APPLICANT and self.account_id == account_id
        return is_member and self.has_role(*FILING_ROLES)

    def has_role(self, *names: str) -> bool:
        return not self.roles.isdisjoint(names)


SYSTEM = Actor(ActorKind.SYSTEM, label="system")
BUREAU = Actor(ActorKind.BUREAU, label="bureau")
MINISTRY = Actor(ActorKind.MINISTRY, label="ministry")
ANONYMOUS = Actor(ActorKind.ANONYMOUS)


def applicant(user: "User", account: "Account", role: str) -> Actor:
    """A user who acts for an account in which he has `role`."""
    return Actor(ActorKind.APPLICANT, user.pk, account.pk, frozenset({role}), label=account.name)


def staff(user: "User", roles: frozenset[str]) -> Actor:
    """One of the provider's people."""
    return Actor(ActorKind.STAFF, user.pk, None, roles, label=user.staff_name)
