"""What an applicant agrees to before submitting: texts, versions, and what is still missing.

Kept per order and person, because a declaration is made for one filing by the one who submits it.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from beian.actions.consents import record_agreements
from beian.actors import Actor
from beian.legal_texts import LegalText, legal_text
from beian.models import ConsentRecord, User

if TYPE_CHECKING:
    from orders.models import FilingOrder

# In the order of the page. Source: the market example's submit page; Personal Information
# Protection Law, articles 23 and 29, for the two separate consents.
REQUIRED = (
    "certificate_data",
    "bureau_transfer",
    "filing_pledge",
    "information_security",
    "assisted_changes",
)
# A natural person pledges in the first person, not for a unit.
OWN_PLEDGE = {"filing_pledge": "filing_pledge_personal"}
PURPOSES = {own: key for key, own in OWN_PLEDGE.items()}
# What is declared about the data holds for the data of one submission only.
PER_SUBMISSION = frozenset({"filing_pledge", "filing_pledge_personal"})


def required_of(order: "FilingOrder") -> tuple[str, ...]:
    """Keys of the texts that have to be agreed to, in the order of the page."""
    if not order.dossier.is_personal:
        return REQUIRED
    return tuple(OWN_PLEDGE.get(key, key) for key in REQUIRED)


def _given(order: "FilingOrder", actor: Actor) -> set[str]:
    rows = ConsentRecord.objects.filter(
        order_id=order.pk, user_id=actor.user_id, text_key__in=required_of(order)
    )
    # The last word counts: a later row without consent takes an earlier one back.
    last = {row.text_key: row for row in rows.order_by("given_at", "pk")}
    return {
        key
        for key, row in last.items()
        if row.is_consent
        and row.text_version == legal_text(key).version
        and (key not in PER_SUBMISSION or row.given_at >= order.state_entered_at)
    }


def missing_agreements(order: "FilingOrder", actor: Actor) -> list[LegalText]:
    """Texts in force that the actor has not agreed to for this order yet."""
    given = _given(order, actor)
    return [legal_text(key) for key in required_of(order) if key not in given]


def give_agreements(
    actor: Actor,
    order: "FilingOrder",
    *,
    keys: Collection[str],
    source_address: str | None = None,
) -> None:
    """Record those of `keys` that were still missing, with version, time, user and address."""
    given = [text.key for text in missing_agreements(order, actor) if text.key in keys]
    if given:
        record_agreements(
            {key: PURPOSES.get(key, key) for key in given},
            user=User.objects.get(pk=actor.user_id),
            account_id=order.account_id,
            order_id=order.pk,
            source_address=source_address,
        )
