"""What a person was shown and agreed to, by text version."""

from uuid import UUID

from django.db import transaction

from beian import clock
from beian.crypto.digests import digest
from beian.legal_texts import legal_text
from beian.models import Account, ConsentRecord, User


def person_digest_of_phone(phone: str) -> str:
    return digest("phone", phone)


@transaction.atomic
def record_consent(
    *,
    person_digest: str,
    purpose: str,
    text_key: str,
    is_consent: bool = True,
    user: User | None = None,
    account: Account | None = None,
    order_id: UUID | None = None,
    source_address: str | None = None,
) -> ConsentRecord:
    """Keep that a person agreed to (or was shown) the text in force now."""
    text = legal_text(text_key)
    return ConsentRecord.objects.create(
        person_digest=person_digest,
        user=user,
        account=account,
        order_id=order_id,
        purpose=purpose,
        is_consent=is_consent,
        text_key=text.key,
        text_version=text.version,
        text_digest=text.digest,
        given_at=clock.now(),
        source_address=source_address,
    )


def has_consented(*, person_digest: str, text_key: str, order_id: UUID | None = None) -> bool:
    """Whether the person agreed to the version in force (for that order) and did not withdraw."""
    rows = ConsentRecord.objects.filter(
        person_digest=person_digest,
        text_key=text_key,
        text_version=legal_text(text_key).version,
        is_consent=True,
        withdrawn_at=None,
    )
    return rows.filter(order_id=order_id).exists() if order_id else rows.exists()
