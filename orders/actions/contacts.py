"""Phones and mails of responsible persons: a code goes out, and proves that somebody reads it."""

from django.db import transaction

from beian.actions.consents import (
    person_digest_of_mail,
    person_digest_of_phone,
    record_notice_shown,
)
from beian.actors import Actor
from beian.enums import Channel
from beian.models import Account
from orders.models import FilingOrder
from verification.actions.codes import check_code, send_code
from verification.actions.proofs import prove_contact
from verification.enums import CodePurpose

NOTICE_TEXT = "contact_notice"
_PERSON_DIGESTS = {Channel.SMS: person_digest_of_phone, Channel.MAIL: person_digest_of_mail}


def send_contact_code(
    actor: Actor,
    order: FilingOrder,
    *,
    channel: Channel,
    address: str,
    source_address: str | None = None,
) -> None:
    """Send a code that is good for this order's contact only; raises LimitReached."""
    send_code(
        purpose=CodePurpose.CONTACT,
        channel=channel,
        address=address,
        account=Account.objects.get(pk=actor.account_id),
        source_address=source_address,
        owner=order.pk,
    )


def confirm_contact(order: FilingOrder, *, channel: Channel, address: str, code: str) -> None:
    """Use the code up and keep the proof; raises CodeRefused. Not inside a transaction.

    Whoever read the code out was told in the same message what happens to the data (Personal
    Information Protection Law, articles 17 and 23): that is kept as well.
    """
    check_code(
        purpose=CodePurpose.CONTACT, channel=channel, address=address, code=code, owner=order.pk
    )
    with transaction.atomic():
        prove_contact(order.pk, channel, address)
        record_notice_shown(
            person_digest=_PERSON_DIGESTS[channel](address),
            text_key=NOTICE_TEXT,
            order_id=order.pk,
        )
