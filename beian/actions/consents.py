"""What a person was shown and agreed to, by text version."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from beian import clock
from beian.crypto.digests import digest
from beian.legal_texts import legal_text
from beian.models import Account, ConsentRecord, User


def person_digest_of_phone(phone: str) -> str:
    return digest("phone", phone)


def person_digest_of_certificate(cert_number: str) -> str:
    return digest("certificate", cert_number)


def person_digest_of_mail(mail: str) -> str:
    return digest("mail", mail)


def record_consent(
    *,
    person_digest: str,
    purpose: str,
    text_key: str,
    is_consent: bool = True,
    user: User | None = None,
    user_id: int | None = None,
    account: Account | None = None,
    order_id: UUID | None = None,
    source_address: str | None = None,
) -> ConsentRecord:
    """Keep that a person agreed to (or was shown) the text in force now."""
    row = ConsentRecord(
        person_digest=person_digest,
        user_id=user.pk if user else user_id,
        account=account,
        order_id=order_id,
        purpose=purpose,
        is_consent=is_consent,
        source_address=source_address,
        **_text_now(text_key),
    )
    row.save(force_insert=True)
    return row


def record_agreements(
    purposes: Mapping[str, str],
    *,
    user: User,
    account_id: UUID,
    order_id: UUID,
    source_address: str | None = None,
) -> None:
    """Keep that the user agreed to several texts of one order, in one statement.

    `purposes` are those of the texts by key.
    """
    who = {"person_digest": person_digest_of_phone(user.phone), "user": user}
    where = {"account_id": account_id, "order_id": order_id, "source_address": source_address}
    ConsentRecord.objects.bulk_create(
        ConsentRecord(purpose=purpose, is_consent=True, **who, **where, **_text_now(key))
        for key, purpose in purposes.items()
    )


def _text_now(key: str) -> dict[str, Any]:
    """What a record keeps of a text as it is in force now."""
    text = legal_text(key)
    return {
        "text_key": text.key,
        "text_version": text.version,
        "text_digest": text.digest,
        "given_at": clock.now(),
    }


def record_notice_shown(
    *,
    person_digest: str,
    text_key: str,
    order_id: UUID,
    source_address: str | None = None,
    user_id: int | None = None,
) -> None:
    """Keep, once per version, that a person named in an order was told; no consent is meant."""
    shown = ConsentRecord.objects.filter(
        person_digest=person_digest,
        order_id=order_id,
        text_key=text_key,
        text_version=legal_text(text_key).version,
        is_consent=False,
    )
    if not shown.exists():
        record_consent(
            person_digest=person_digest,
            purpose=text_key,
            text_key=text_key,
            is_consent=False,
            order_id=order_id,
            source_address=source_address,
            user_id=user_id,
        )
