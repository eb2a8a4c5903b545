"""Who still has to verify by text message, masked, for the applicant's page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from beian.masking import mask_name, mask_phone
from verification.enums import RecipientRole
from verification.models import SmsChallenge


@dataclass(frozen=True)
class OutstandingPerson:
    """A mobile that was texted; one person may stand for both roles."""

    roles: str
    name: str
    mobile: str
    is_verified: bool
    sends_left: int
    wrong_left: int


def people_of(challenges: Iterable[SmsChallenge]) -> list[OutstandingPerson]:
    """The texted persons, those who have not verified first."""
    rows = [
        OutstandingPerson(
            roles=_("、").join(str(RecipientRole(role).label) for role in challenge.roles),
            name=_("、").join(mask_name(name) for name in challenge.names),
            mobile=mask_phone(challenge.mobile),
            is_verified=challenge.is_verified,
            sends_left=challenge.sends_left,
            wrong_left=challenge.wrong_left,
        )
        for challenge in challenges
    ]
    return sorted(rows, key=lambda row: row.is_verified)
